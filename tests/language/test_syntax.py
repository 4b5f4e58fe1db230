"""Who does what to whom in a parse, and whether it is told as having happened."""

import pytest

from sayso.language import Syntax, parse, split

GOVERNORS = frozenset({"threatened", "fear", "denied", "false"})


def read(text: str) -> Syntax:
    sentences = split(text, [(0, len(text))], frozenset())
    assert len(sentences) == 1
    return Syntax(text, parse(text, sentences, ())[0])


def place_of(syntax: Syntax, word: str) -> int:
    return syntax.words.index(word)


def phrases(syntax: Syntax, places: tuple[int, ...]) -> list[str]:
    return [syntax.text[slice(*syntax.phrase(place))] for place in places]


@pytest.mark.parametrize(
    ("text", "word", "subjects", "objects"),
    [
        ("Gunmen attacked the village.", "attacked", ["Gunmen"], ["the village"]),
        ("The village was attacked by gunmen.", "attacked", ["gunmen"], ["The village"]),
        ("Four women who were working there were raped.", "raped", [], ["Four women"]),
        ("Rebels stormed the post and killed two guards.", "killed", ["Rebels"], ["two guards"]),
        ("Eight people killed in the raid were buried.", "killed", [], ["Eight people"]),
        ("A mine exploded under a lorry, killing the driver.", "killing", ["A mine"], ["the driver"]),
        ("They accused the guard of having shot two men.", "shot", ["the guard"], ["two men"]),
        ("Soldiers began to shell the town.", "shell", ["Soldiers"], ["the town"]),
    ],
)
def test_subjects_and_objects_whatever_the_voice(
    text: str, word: str, subjects: list[str], objects: list[str]
) -> None:
    syntax = read(text)
    arguments = syntax.arguments(place_of(syntax, word))
    assert phrases(syntax, arguments.subjects) == subjects
    assert phrases(syntax, arguments.objects) == objects


def test_a_noun_has_arguments_too() -> None:
    syntax = read("The attack on the town by rebels killed six.")
    arguments = syntax.arguments(place_of(syntax, "attack"))
    assert phrases(syntax, arguments.subjects) == ["rebels"]
    assert phrases(syntax, arguments.objects) == ["the town"]


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Gunmen attacked the village.", "attacked", None),
        ("Gunmen did not attack the village.", "attack", "negated"),
        ("The soldiers killed nobody in the town.", "killed", "negated"),
        ("No bomb exploded there.", "exploded", "negated"),
        ("Rebels may attack the village.", "attack", "open"),
        ("The group threatened to carry out attacks.", "attacks", "open"),
        ("Residents fear a raid by the army.", "raid", "open"),
        ("He denied that his men had killed anybody.", "killed", "open"),
        ("The claim that a rocket had hit the port was false.", "hit", "open"),
        ("If they shell the town, people will flee.", "shell", "open"),
        ("Did rebels attack the village?", "attack", "open"),
        ("Children are often abducted on that road.", "abducted", "generic"),
        ("Months of shelling have emptied the town.", "shelling", "generic"),
        ("The attack did not kill anyone.", "attack", None),
        ("Soldiers began to shell the town.", "shell", None),
        ("He is believed to have killed two men.", "killed", None),
    ],
)
def test_what_is_not_told_as_having_happened(text: str, word: str, reason: str | None) -> None:
    syntax = read(text)
    assert syntax.unreal(place_of(syntax, word), GOVERNORS) == reason


def test_a_phrase_leaves_out_clauses_and_appositions() -> None:
    syntax = read("The mayor of Dovra, a teacher, who had fled, was shot.")
    assert syntax.text[slice(*syntax.phrase(place_of(syntax, "mayor")))] == "The mayor of Dovra"
