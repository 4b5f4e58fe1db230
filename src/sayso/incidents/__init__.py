"""Which mentions are one incident, and what that incident shows."""

from sayso.incidents.aside import TakenBack, corrected, retracted, taken_back
from sayso.incidents.explain import reasons
from sayso.incidents.group import Across, Group, facts_on, group
from sayso.incidents.judged import Judged, judged, reviewed, seen_of
from sayso.incidents.reconcile import also_told_by, reconcile
from sayso.incidents.steps import Step, steps

__all__ = [
    "Across",
    "Group",
    "Judged",
    "Step",
    "TakenBack",
    "also_told_by",
    "corrected",
    "facts_on",
    "group",
    "judged",
    "reasons",
    "reconcile",
    "retracted",
    "reviewed",
    "seen_of",
    "steps",
    "taken_back",
]
