"""Ids are hashes of content: what must move them does, what must not does not."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Stance, mention_id_of, report_id_of, statement_id_of, text_id_of

SPANS = st.tuples(st.integers(0, 9999), st.integers(0, 9999))
GIVEN = st.none() | st.text(max_size=20)


def test_ids_are_those_of_the_contract() -> None:
    """Worked by hand: sha256 of the JSON of the parts, the first 20 hexadecimal digits."""
    assert text_id_of("") == "e3b0c44298fc1c149afb"
    assert mention_id_of("a22771c007064bbfc160", (11, 15)) == "8b1ef6d2c36d1f5e9e4f"
    assert (
        statement_id_of("a22771c007064bbfc160", "event", Stance.STATED, (11, 15), None)
        == "6e59cd39cea35be8df77"
    )


@given(text=st.text(), given=st.tuples(GIVEN, GIVEN, GIVEN, GIVEN))
def test_a_report_is_its_text_and_what_the_input_gave(
    text: str, given: tuple[str | None, str | None, str | None, str | None]
) -> None:
    ids = {report_id_of(text_id_of(text), *given) for _ in range(2)}
    assert len(ids) == 1
    assert report_id_of(text_id_of(text + "."), *given) not in ids
    for place in range(4):
        changed = [*given]
        changed[place] = f"{given[place]}x"
        assert report_id_of(text_id_of(text), *changed) not in ids


@given(SPANS, SPANS)
def test_mentions_of_one_cue_are_told_apart_by_what_tells_them_apart(
    cue: tuple[int, int], apart: tuple[int, int]
) -> None:
    assert mention_id_of("r", cue) != mention_id_of("r", cue, apart)
    assert (mention_id_of("r", cue, apart) == mention_id_of("r", cue, cue)) == (apart == cue)


@given(SPANS, SPANS, st.sampled_from(list(Stance)))
def test_a_statement_is_what_was_said_and_where(
    value: tuple[int, int], speaker: tuple[int, int], stance: Stance
) -> None:
    one = statement_id_of("r", "killed", stance, value, speaker)
    assert one == statement_id_of("r", "killed", stance, value, speaker)
    assert one != statement_id_of("r", "injured", stance, value, speaker)
    assert one != statement_id_of("r", "killed", stance, value, None)
    assert one != statement_id_of("s", "killed", stance, value, speaker)
