"""Names in a text to identities: which words name or stand for which actor."""

from sayso.actors.find import ActorName, find

__all__ = ["ActorName", "find"]
