"""What was predicted: read from lines of ``sayso code``, or made here from the texts of gold."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sayso import coding, incidents, lineage
from sayso.codebook import Codebook, load
from sayso.errors import UsageError
from sayso.model import CodedReport
from sayso.pipeline import coded_record, reconciled_alone
from sayso.reports import make_report

Record = dict[str, Any]


def read_predictions(path: Path) -> dict[str, Record]:
    """The lines of a file by the id of the report: its ``id``, else its file's name, else ``report_id``.

    Raises UsageError for a file that cannot be read, a line that is no record or has no id, and an id that
    stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"The coded reports in {path} cannot be read: {fault}.", "Check the path."
        ) from fault
    found: dict[str, Record] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            record = None
        name = _id_of(record) if isinstance(record, dict) else ""
        if not isinstance(record, dict) or not name or name in found:
            what = (
                f"stands for {name}, as an earlier one does"
                if name
                else "is no record of a report with an id"
            )
            raise UsageError(f"{path}, line {number}: this {what}.", "Give what sayso code prints.")
        found[name] = record
    return found


def _id_of(record: Mapping[str, Any]) -> str:
    file = re.split(r"[\\/]", str(record.get("path") or ""))[-1]
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file)
    return str(record.get("id") or stem or record.get("report_id") or "")


def code_gold(gold: Mapping[str, Mapping[str, Any]], codebook: Codebook | None = None) -> dict[str, Record]:
    """Gold's texts coded with the codebook that comes with sayso, and linked.

    Each record has the shape of a line of ``sayso code`` and a ``lineage_id``; the incident_id is that of the
    mentions that were put together. A report on which coding fails is left out, so that it counts as missed.
    """
    codebook = codebook or load()
    coded: dict[str, CodedReport] = {}
    for name, record in gold.items():
        try:
            report = make_report(
                record["text"],
                codebook,
                id=name,
                title=_words(record.get("title")),
                published=_words(record.get("published")),
                publisher=_words(record.get("publisher")),
            )
            coded[name] = coding.code(report, codebook)
        except Exception:  # noqa: S112 - counted: the row reports.coded shows how many were lost
            continue
    return _linked(coded, codebook)


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _linked(coded: Mapping[str, CodedReport], codebook: Codebook) -> dict[str, Record]:
    lineages = lineage.trace([one.report for one in coded.values()])
    lineage_of = {report_id: one.lineage_id for one in lineages for report_id in one.reports}
    alone = [incident for one in coded.values() for incident in reconciled_alone(one, codebook)]
    reports = {one.report.report_id: one.report for one in coded.values()}
    groups = incidents.group(alone, incidents.Across(reports, lineage_of, codebook))
    joined_to = {mention_id: group.mention_ids[0] for group in groups for mention_id in group.mention_ids}
    found = {}
    for name, one in coded.items():
        record = coded_record(one, codebook)
        for incident in record["incidents"]:
            incident["incident_id"] = joined_to[incident["incident_id"]]
        found[name] = {**record, "lineage_id": lineage_of[one.report.report_id]}
    return found
