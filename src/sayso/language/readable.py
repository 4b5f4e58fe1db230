"""Parses as people read them: a line for each word, and what is told as somebody's words."""

from collections.abc import Iterator, Sequence

from sayso.language.parser import ROOT, Parse
from sayso.language.speech import Speech
from sayso.language.syntax import Syntax

_SHOWN = 60  # characters of what is said


def lines(
    text: str, parses: Sequence[Parse], speeches: Sequence[Speech], worth: Sequence[bool]
) -> Iterator[str]:
    """Each sentence with its span, its words with part of speech, relation and head, and what is said in it.

    worth  for each parse, whether the coder has it parsed at all; of the others this is told.
    """
    for parse, is_worth in zip(parses, worth, strict=True):
        sentence = parse.sentence
        passed = "" if is_worth else "  (passed over in coding: no word near that tells of violence)"
        yield f"[{sentence.start}:{sentence.end}]{passed} {_flat(text[sentence.start : sentence.end])}"
        words = [_flat(text[token.start : token.end]) for token in parse.tokens]
        width = min(max(map(len, words), default=0), 24)
        for word, token in zip(words, parse.tokens, strict=True):
            head = "" if token.head == ROOT else f"of {words[token.head]} [{parse.tokens[token.head].start}]"
            line = f"    {token.start:>6}  {word:<{width}}  {token.upos:<5}  {token.deprel:<12}  {head}"
            yield line.rstrip()
        for speech in speeches:
            if sentence.start <= speech.start < sentence.end:
                yield f"    {_said(text, speech)}"
        yield ""


def tree(syntax: Syntax) -> str:
    """A parse in one line: each word with what hangs on it in brackets, after its relation."""
    root = next(at for at, token in enumerate(syntax.tokens) if token.head == ROOT)
    parts: list[str] = []
    waiting: list[int | str] = [root]  # no recursion: a hostile sentence is as deep as it is long
    while waiting:
        at = waiting.pop()
        if isinstance(at, str):
            parts.append(at)
            continue
        token = syntax.tokens[at]
        below = [child for child in syntax.children[at] if syntax.tokens[child].upos != "PUNCT"]
        relation = "" if token.head == ROOT else f"{token.deprel} "
        parts.append(f"{relation}{_flat(syntax.text[token.start : token.end])}")
        if below:
            rest = [part for child in below for part in (child, ", ")][:-1]
            waiting += [")", *reversed(rest), "("]
    return "".join(parts)


def _said(text: str, speech: Speech) -> str:
    kind = "quotation" if speech.direct else "told"
    cue = f"by {_flat(text[slice(*speech.cue)])!r}" if speech.cue else "without a verb of saying"
    who = f"speaker {_flat(text[slice(*speech.speaker)])!r}" if speech.speaker else "no speaker named"
    return f"{kind} [{speech.start}:{speech.end}] {cue}, {who}: {_short(text[speech.start : speech.end])}"


def _short(words: str) -> str:
    flat = _flat(words)
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 3]}..."


def _flat(words: str) -> str:
    return " ".join(words.split())
