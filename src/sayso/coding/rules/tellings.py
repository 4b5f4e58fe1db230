"""One incident as a report tells it."""

from dataclasses import dataclass, field

from sayso.coding.rules.stretches import Stretch
from sayso.model import DraftMention, Span
from sayso.places import PlaceName
from sayso.times import TimeExpression


@dataclass(slots=True)
class Telling:
    """One incident as the report tells it: the stretches about it, in the order of the text."""

    stretches: list[Stretch] = field(default_factory=list)
    is_background: bool = False
    n_events: int | None = 1
    part_of: tuple[Span, Span | None] | None = None

    def draft(self) -> DraftMention:
        """The mention to propose."""
        first = self.stretches[0]
        cues = tuple(sorted({hit.cue for stretch in self.stretches for hit in stretch.hits}))
        return DraftMention(first.cue, cues, first.apart, self.is_background, self.n_events, self.part_of)

    @property
    def key(self) -> tuple[Span, Span | None]:
        """What tells it from the others."""
        return (self.stretches[0].cue, self.stretches[0].apart)

    @property
    def strong(self) -> bool:
        """Whether its type is told, not only that something violent happened."""
        return any(stretch.strong for stretch in self.stretches)

    @property
    def types(self) -> set[str]:
        """The sub-event types told of it; those of words like "died" only where nothing else is told."""
        stretches = [stretch for stretch in self.stretches if stretch.strong or not self.strong]
        telling = [one for one in stretches if any(hit.strength != "support" for hit in one.hits)]
        return {kind for stretch in telling or stretches for kind in stretch.types}

    @property
    def places(self) -> list[PlaceName]:
        """All places told of it."""
        return [stretch.place for stretch in self.stretches if stretch.place]

    @property
    def times(self) -> list[TimeExpression]:
        """All times told of it."""
        return [stretch.time for stretch in self.stretches if stretch.time]
