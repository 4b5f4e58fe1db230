"""What ``sayso explain`` tells: how reports are read, in lines for people or in records for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sayso import coding, language
from sayso.codebook import Codebook, load
from sayso.coding.explain import ExplainedSentence, Explanation, SeenCue, TurnedDown
from sayso.exports.text import sentence
from sayso.language import readable
from sayso.model import Problem, Report, Span
from sayso.pipeline import Inputs, checked
from sayso.places import gazetteer
from sayso.records import to_record

PASSED_OVER = "(passed over in coding: no word near that tells of violence)"


def explain_sentences(inputs: Inputs, parser: language.Parser) -> Iterator[str | Problem]:
    """The sentences of reports as they are read, in lines for people; problems between them."""
    codebook = load(inputs.codebook)
    words = codebook.lexicon
    scan = language.Scan(words.strong_terms, words.triggers)
    for item in checked(inputs, codebook):
        if isinstance(item, Problem):
            yield item
            continue
        yield f"report {item.report_id}  {item.path or ''}".rstrip()
        sentences = coding.sentences_of(item, codebook)
        parses = parser(item.text, sentences, frozenset(words.abbreviations))
        said = language.speeches(item.text, parses, frozenset(words.said), frozenset(words.according))
        worth = scan.worth_parsing(language.view(item.text), sentences)
        yield from readable.lines(item.text, parses, said, worth)


def explain_codings(inputs: Inputs) -> Iterator[Explanation | Problem]:
    """How the inputs are coded, in their order; problems between them."""
    codebook, places = load(inputs.codebook), inputs.places
    for item in checked(inputs, codebook):
        yield item if isinstance(item, Problem) else coding.explain(item, codebook, places)


def explain_report(report: Report, codebook: Codebook) -> Explanation:
    """How a report that was read before is coded, with the places that come with sayso."""
    return coding.explain(report, codebook, gazetteer())


# ---- for people -----------------------------------------------------------------------------------


def lines(explanation: Explanation) -> Iterator[str]:
    """Sentence by sentence: parse, cues, what was taken and what was turned down, and why."""
    report = explanation.coded.report
    yield f"report {report.report_id}  {report.path or ''}".rstrip()
    for warning in explanation.coded.warnings:
        yield f"  note: {warning}"
    if not explanation.sentences:
        yield "  nothing in it is read"
    number = {mention.mention_id: at for at, mention in enumerate(explanation.coded.mentions, 1)}
    for one in explanation.sentences:
        start, end = one.sentence.span
        passed = "" if one.syntax else f"  {PASSED_OVER}"
        yield f"[{start}:{end}]{passed} {_flat(report.text[start:end])}"
        yield from _sentence_lines(one, report.text, number)
        yield ""


def _sentence_lines(one: ExplainedSentence, text: str, number: dict[str, int]) -> Iterator[str]:
    if one.syntax:
        yield f"    parse   {readable.tree(one.syntax)}"
    for cue in one.cues:
        yield f"    cue     {_cue(cue, text, number)}"
    for statement in one.statements:
        yield (
            f"    taken   {statement.field} {sentence(statement)}"
            f"  (incident {number[statement.mention_id]}, {statement.rule})"
        )
    for turned in one.turned_down:
        yield f"    dropped {_turned(turned)}"


def _cue(cue: SeenCue, text: str, number: dict[str, int]) -> str:
    parts = [repr(_flat(text[slice(*cue.span)])), f"({cue.name})"]
    if cue.sub_event_type:
        parts.append(cue.sub_event_type)
    if cue.roles:
        parts.append(f"with {', '.join(cue.roles)}")
    if cue.reason:
        parts.append(f"turned down: {cue.reason}")
    elif cue.mention_id in number:
        parts.append(f"incident {number[cue.mention_id]}")
    else:
        parts.append("turned down by the gate")
    return "  ".join(parts)


def _turned(one: TurnedDown) -> str:
    stance = one.stance.value + (" (hedged)" if one.hedged else "")
    return f"{one.field} {_flat(one.words)!r}: {stance}, speaker {one.speaker}  ({one.rule}): {one.reason}"


def _flat(words: str) -> str:
    return " ".join(words.split())


# ---- for programs ---------------------------------------------------------------------------------


def record(explanation: Explanation) -> dict[str, Any]:
    """The same as one record a report."""
    report = explanation.coded.report
    return {
        "report_id": report.report_id,
        "path": report.path,
        "id": report.id,
        "warnings": list(explanation.coded.warnings),
        "sentences": [_sentence_record(one, report.text) for one in explanation.sentences],
    }


def _sentence_record(one: ExplainedSentence, text: str) -> dict[str, Any]:
    return {
        **_words(one.sentence.span, text),
        "tokens": None if one.syntax is None else [asdict(token) for token in one.syntax.tokens],
        "cues": [
            {
                **_words(cue.span, text),
                "name": cue.name,
                "sub_event_type": cue.sub_event_type,
                "roles": list(cue.roles),
                "mention_id": cue.mention_id,
                "reason": cue.reason,
            }
            for cue in one.cues
        ],
        "statements": [to_record(statement) for statement in one.statements],
        "turned_down": [
            {
                **_words(turned.span, text),
                "field": turned.field,
                "stance": turned.stance.value,
                "hedged": turned.hedged,
                "speaker": turned.speaker,
                "rule": turned.rule,
                "reason": turned.reason,
            }
            for turned in one.turned_down
        ],
    }


def _words(span: Span, text: str) -> dict[str, Any]:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]}
