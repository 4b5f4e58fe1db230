"""Which mentions are one incident, and what that incident shows."""

from sayso.incidents.explain import reasons
from sayso.incidents.group import Across, Group, facts_on, group
from sayso.incidents.reconcile import also_told_by, reconcile

__all__ = ["Across", "Group", "also_told_by", "facts_on", "group", "reasons", "reconcile"]
