"""Who did it, by whom: attributions matched by actor and stance, then speaker, hedge and go-betweens."""

from collections.abc import Iterable, Iterator, Sequence

from sayso.evaluate.actors import match
from sayso.evaluate.align import assign
from sayso.evaluate.names import any_same, same
from sayso.evaluate.rows import BY_STANCE, BY_STANCE_END_TO_END, Mark, Outcome, right_or_wrong
from sayso.evaluate.told import Attributed, Told


def of_joined(gold: Told, said: Told) -> Iterator[Mark]:
    """The attributions of an incident that was found."""
    key = gold.key or ""
    ours = [one for one in gold.attributed if one.counts]
    theirs = [one for one in said.attributed if one.counts]
    pairs = assign([[_weight(one, other) for other in theirs] for one in ours])
    for row, column in pairs:
        if not ours[row].optional:
            yield from _found(ours[row], theirs[column], key)
    hit_ours, hit_theirs = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, one in enumerate(ours):
        if row not in hit_ours and not one.optional:
            yield from _lost(one, key, joined=True)
    extra = [other for column, other in enumerate(theirs) if column not in hit_theirs]
    for other in extra:
        yield from _false(other, key, joined=True)
    yield from _said_falsely(extra, gold.attributed, key)


def of_missed(gold: Told) -> Iterator[Mark]:
    """The attributions of an incident that was not found."""
    for one in gold.attributed:
        if one.counts and not one.optional:
            yield from _lost(one, gold.key or "", joined=False)


def of_spurious(said: Told, label: str) -> Iterator[Mark]:
    """The attributions of a predicted incident that gold does not have."""
    theirs = [one for one in said.attributed if one.counts]
    for other in theirs:
        yield from _false(other, label, joined=False)
    yield from _said_falsely(theirs, (), label)


# ---- one attribution ------------------------------------------------------------------------------


def _agree(gold: Attributed, said: Attributed) -> bool:
    return any_same(gold.actors, said.actors) and bool(set(gold.stances) & set(said.stances))


def _weight(gold: Attributed, said: Attributed) -> float:
    if not _agree(gold, said):
        return 0.0
    return 1.1 if any_same(gold.speakers, said.speakers) else 1.0  # of several that fit, the speaker's own


def _found(gold: Attributed, said: Attributed, key: str) -> Iterator[Mark]:
    what = _label(gold)
    yield from _both(_rows(gold, joined=True), "tp", key, what)
    yield Mark(BY_STANCE + gold.stance, "tp", key, what)
    yield Mark(BY_STANCE_END_TO_END + said.stance, "tp", key, what)
    right = any_same(gold.speakers, said.speakers)
    yield Mark("attributions.speaker", right_or_wrong(right), key, what)
    if gold.hedged is not None:
        hedged = bool(said.hedged)
        yield Mark("attributions.hedged", right_or_wrong(gold.hedged == hedged), key, what)
        if gold.hedged or hedged:
            outcome: Outcome = "tp" if gold.hedged and hedged else "fp" if hedged else "fn"
            yield Mark("attributions.hedged_true", outcome, key, what)
    if gold.via is not None:
        hands = match([(hand,) for hand in gold.via], [(hand,) for hand in said.via or ()], same)
        wrong = [hand for hand in hands.wrong if not any_same((hand,), gold.via_optional)]
        results: dict[Outcome, Sequence[str]] = {"tp": hands.found, "fp": wrong, "fn": hands.missed}
        for result, names in results.items():
            yield from (Mark("attributions.via", result, key, f"{what} via {name}") for name in names)


def _lost(gold: Attributed, key: str, *, joined: bool) -> Iterator[Mark]:
    what = _label(gold)
    yield from _both(_rows(gold, joined=joined), "fn", key, what)
    if joined:
        yield Mark(BY_STANCE + gold.stance, "fn", key, what)
    yield Mark(BY_STANCE_END_TO_END + gold.stance, "fn", key, what)
    if gold.hedged:
        yield Mark("attributions.hedged_true", "fn", key, what)
    for hand in gold.via or ():
        yield Mark("attributions.via", "fn", key, f"{what} via {hand}")


def _false(said: Attributed, key: str, *, joined: bool) -> Iterator[Mark]:
    what = _label(said)
    yield from _both(_rows(said, joined=joined), "fp", key, what)
    if joined:
        yield Mark(BY_STANCE + said.stance, "fp", key, what)


def _said_falsely(extra: Iterable[Attributed], gold: Sequence[Attributed], key: str) -> Iterator[Mark]:
    """An actor and stance that gold does not have of this incident; from two speakers it is one mistake."""
    known = list(gold)
    for other in extra:
        if not any(_agree(one, other) for one in known):
            yield Mark(BY_STANCE_END_TO_END + other.stance, "fp", key, _label(other))
            known.append(other)


def _rows(one: Attributed, *, joined: bool) -> list[str]:
    """The rows over all attributions, and those without what is told as bare fact."""
    rows = ["attributions.end_to_end"]
    if one.stance != "stated" and (one.stance or joined):
        rows.append("attributions.contested_end_to_end")
    if joined:
        rows += [row.replace("end_to_end", "joined") for row in rows]
    return rows


def _both(rows: Iterable[str], outcome: Outcome, key: str, what: str) -> Iterator[Mark]:
    yield from (Mark(row, outcome, key, what) for row in rows)


def _label(one: Attributed) -> str:
    actor, speaker = (next(iter(names), "?") for names in (one.actors, one.speakers))
    return f"{actor} {one.stance or '?'} by {speaker}"
