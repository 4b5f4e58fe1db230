"""What holds of every output: quotes are the words of their report, and every id leads somewhere."""

from collections.abc import Iterator, Mapping
from typing import Any


def faults(incident: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """What is wrong with one incident as it leaves the program; empty where nothing is.

    texts  report_id -> text.
    """
    statements = {one["statement_id"]: one for one in incident["statements"]}
    mentions = {one["mention_id"] for one in incident["mentions"]}
    reports = {one["report_id"] for one in incident["reports"]}
    found = [f"misquoted: {quote}" for quote in quotes(incident) if not _is_quoted(quote, texts)]
    found += [f"rests on no statement: {one}" for one in _rests_on(incident) if one not in statements]
    found += [f"rests on nothing: {field}" for field in _shown(incident) if not incident["basis"].get(field)]
    for one in statements.values():
        if one["mention_id"] not in mentions or one["report_id"] not in reports:
            found.append(f"of no mention or report: {one['statement_id']}")
        found += [f"outside its quote: {one}" for span in _inside(one) if not _holds(one["quote"], span)]
    return found


def quotes(record: Any) -> Iterator[Mapping[str, Any]]:
    """Every quote in a record, at any depth."""
    if isinstance(record, Mapping):
        if record.keys() == {"report_id", "start", "end", "text"}:
            yield record
        record = list(record.values())
    if isinstance(record, list):
        for part in record:
            yield from quotes(part)


def _is_quoted(quote: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    text = texts[quote["report_id"]]
    return bool(0 <= quote["start"] < quote["end"] and text[quote["start"] : quote["end"]] == quote["text"])


def _holds(quote: Mapping[str, Any], span: list[int]) -> bool:
    return bool(quote["start"] <= span[0] < span[1] <= quote["end"])


def _inside(statement: Mapping[str, Any]) -> list[list[int]]:
    """The spans that the quote of a statement must hold."""
    spans = [statement["spans"][name] for name in ("cue", "value", "speaker")]
    return [span for span in spans if span]


def _rests_on(record: Any, key: str = "") -> Iterator[str]:
    """Every statement id that a record says it rests on."""
    if isinstance(record, Mapping):
        for name, part in record.items():
            yield from _rests_on(part, "statement_ids" if key == "basis" else name)
    elif isinstance(record, list):
        for part in record:
            if key in ("statement_ids", "from") and isinstance(part, str):
                yield part
            else:
                yield from _rests_on(part, key)


_SHOWN_BY = {"event": "sub_event_type", "place": "place", "killed": "killed", "injured": "injured"}


def _shown(incident: Mapping[str, Any]) -> Iterator[str]:
    """The fields of which the incident shows a value."""
    yield from (field for field, key in _SHOWN_BY.items() if incident[key] is not None)
    if incident["date"]["precision"] != "unknown":
        yield "date"
    for field in ("perpetrator", "target", "victim", "weapon"):
        if incident[f"{field}s"]:
            yield field
