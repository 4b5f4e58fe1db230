"""A spaCy pipeline of the user's in place of our parser."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from sayso.errors import UsageError
from sayso.language import split
from sayso.language.foreign import spacy_parser
from tests.language.test_trees import is_tree


def _marked(relation: str) -> Callable[[Doc], Doc]:
    """A component that hangs every word on the first of its half of the document."""

    def component(doc: Doc) -> Doc:
        middle = (len(doc) + 1) // 2
        heads = [0 if place < middle else middle for place in range(len(doc))]
        relations = ["ROOT" if head == place else relation for place, head in enumerate(heads)]
        words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
        tags = ["NOUN"] * len(doc)
        return Doc(doc.vocab, words=words, spaces=spaces, heads=heads, deps=relations, pos=tags)

    return component


Language.component("sayso_test_universal", func=_marked("nmod"))
Language.component("sayso_test_other", func=_marked("pobj"))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str | None], str]:
    """Saves a pipeline with one component, or none, and gives its folder."""

    def save(component: str | None) -> str:
        pipeline = spacy.blank("en")
        if component:
            pipeline.add_pipe(component)
        pipeline.to_disk(tmp_path / "pipeline")
        return str(tmp_path / "pipeline")

    return save


def test_its_parses_are_trees_with_our_offsets(saved: Callable[[str | None], str]) -> None:
    text = "Two  men left.\nNobody else came back at all."
    sentences = split(text, [(0, len(text))], ())
    parses = spacy_parser(saved("sayso_test_universal"))(text, sentences, ())
    assert [one.sentence for one in parses] == list(sentences)
    for one in parses:
        assert is_tree([token.head for token in one.tokens])
        printed = "".join(text[token.start : token.end] for token in one.tokens)
        assert printed == "".join(text[slice(*one.sentence.span)].split())
    assert {token.deprel for token in parses[0].tokens} == {"root", "parataxis", "nmod"}


@pytest.mark.parametrize(
    ("component", "message"), [(None, "does not give parts of speech"), ("sayso_test_other", "pobj")]
)
def test_pipelines_that_cannot_stand_in(
    component: str | None, message: str, saved: Callable[[str | None], str]
) -> None:
    parser = spacy_parser(saved(component))
    with pytest.raises(UsageError, match=message):
        parser("Two men left.", split("Two men left.", [(0, 13)], ()), ())


def test_a_pipeline_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no spaCy pipeline 'nowhere'"):
        spacy_parser("nowhere")
