"""Which reports copy, syndicate, rewrite or update one another."""

from sayso.lineage.trace import trace

__all__ = ["trace"]
