"""A spaCy pipeline of the user's in place of the parser that comes with sayso; needs the extra ``spacy``."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sayso.errors import UsageError
from sayso.language.parser import ROOT, Parse, Parser, Token
from sayso.language.sentences import Sentence

# Relations that other schemes have and Universal Dependencies does not: arcs go elsewhere there.
_OTHER_SCHEME = frozenset({"pobj", "dobj", "nsubjpass", "prep", "attr", "OA", "SB", "MO"})


def spacy_parser(name: str) -> Parser:
    """The parser of a pipeline, by the name of its package or its folder.

    Our sentences are parsed one by one; where the pipeline makes several of one, the later hang on the first.

    Raises UsageError where spaCy or the pipeline is not there, where it does not parse or tag, and where its
    relations are not those of Universal Dependencies.
    """
    try:
        import spacy  # noqa: PLC0415 - an extra
    except ImportError as fault:
        raise UsageError("spaCy is not installed.", "Install it: pip install 'sayso[spacy]'") from fault
    try:
        pipeline: Any = spacy.load(name)
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"There is no spaCy pipeline {name!r} that can be loaded.", "Give a package's name or a folder."
        ) from fault

    def parsed(text: str, sentences: Sequence[Sentence], _: Collection[str]) -> tuple[Parse, ...]:
        return tuple(
            Parse(one, tuple(_tokens(pipeline(text[one.start : one.end]), one.start, name)))
            for one in sentences
        )

    return parsed


def _tokens(doc: Any, offset: int, name: str) -> Iterator[Token]:
    """The tokens of a document, blanks left out, as one tree."""
    if not (doc.has_annotation("DEP") and doc.has_annotation("POS")):
        raise UsageError(
            f"The spaCy pipeline {name!r} does not give parts of speech and relations.",
            "Use one with a parser and a tagger or morphologizer.",
        )
    words = [token for token in doc if not token.is_space]
    places = {token.i: place for place, token in enumerate(words)}
    strange = sorted({token.dep_ for token in words} & _OTHER_SCHEME)
    if strange:
        raise UsageError(
            f"The spaCy pipeline {name!r} has other relations ({', '.join(strange)}) "
            "than Universal Dependencies.",
            "Use one that was trained on a treebank of Universal Dependencies.",
        )
    roots = [
        place for place, token in enumerate(words) if token.head.i == token.i or token.head.i not in places
    ]
    for place, token in enumerate(words):
        start = offset + token.idx
        if place not in roots:
            head, relation = places[token.head.i], token.dep_
        elif place == roots[0]:
            head, relation = ROOT, "root"
        else:
            head, relation = roots[0], "parataxis"
        yield Token(start, start + len(token.text), token.pos_, head, relation)
