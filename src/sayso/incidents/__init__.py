"""Which mentions are one incident, and what that incident shows."""

from sayso.incidents.group import group
from sayso.incidents.reconcile import reconcile

__all__ = ["group", "reconcile"]
