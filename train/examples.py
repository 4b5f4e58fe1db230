"""What the listener learns from."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Example:
    """A sentence as numbers, with what it tells.

    pieces      of the sentence before it and of itself, with marks.
    parted      where among the pieces the sentence begins to be its own: it stands for "before".
    firsts      where each word of the sentence begins.
    actors      the words that may be actors or speakers; none in an example of acts.
    said        stance, actor, speaker (words, ``REPORT`` or ``BEFORE``), hedged.
    acts        words that tell an act, and its type; ``spare`` are words that only belong to such a one.
    is_of_acts  which of the two it teaches.
    writer      the file that it is from.
    """

    pieces: list[int]
    parted: int
    firsts: list[int]
    actors: list[int] = field(default_factory=list)
    said: list[tuple[int, int, int, bool]] = field(default_factory=list)
    acts: list[tuple[int, int]] = field(default_factory=list)
    spare: list[int] = field(default_factory=list)
    is_of_acts: bool = False
    writer: str = ""
