"""The commands; the only place that prints.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

import gc
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.errors import SaysoError, UsageError
from sayso.exports.formats import Format

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter
    from sayso.model import Problem
    from sayso.pipeline import Inputs, Summary

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read news reports about armed conflict; keep who said what, with the words.",
)

FAILED_INPUTS = 1
WRONG_USAGE = 2
INTERRUPTED = 130
_OBJECTS = 50_000
"""How many new objects there must be before Python looks for garbage in rings. Its own 700 come together a
thousand times while a codebook is loaded, which has none: a tenth of the time of a short command."""


class Shape(StrEnum):
    """How incidents are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class Readable(StrEnum):
    """Formats of commands that explain."""

    TEXT = "text"
    JSONL = "jsonl"


class LinesOnly(StrEnum):
    """Formats of commands that write one record a line."""

    JSONL = "jsonl"


class ChartBy(StrEnum):
    """What incidents of one colour in a chart have in common."""

    ACTOR = "actor"
    TYPE = "type"
    PROVINCE = "province"


class ChartEvery(StrEnum):
    """What a bar of a chart stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class GazetteerAction(StrEnum):
    """What can be done with gazetteers."""

    BUILD = "build"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders (with all below), or - for standard input."),
]
LedgerFile = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="The ledger's file.")]
CodebookName = Annotated[
    str,
    typer.Option("--codebook", metavar="NAME_OR_FOLDER", help="A codebook that comes with sayso, or yours."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, max=256, metavar="N", help="How many processes code reports.")
]
GazetteerFile = Annotated[
    Path | None,
    typer.Option("--gazetteer", metavar="FILE", help="Places of yours, made by sayso gazetteer build."),
]
Since = Annotated[
    str | None, typer.Option(metavar="DATE", help="On or after this day (2021-07 is its first day).")
]
Until = Annotated[
    str | None, typer.Option(metavar="DATE", help="On or before this day (2021-07 is its last day).")
]
Country = Annotated[str | None, typer.Option(metavar="CODE", help="ISO 3166-1 alpha-3, such as AFG.")]
TypeName = Annotated[str | None, typer.Option("--type", metavar="NAME", help="An event or sub-event type.")]
Actor = Annotated[str | None, typer.Option(metavar="NAME", help="The name or id of somebody who takes part.")]
Status = Annotated[str | None, typer.Option(metavar="STATUS", help="An attribution status, such as claimed.")]
Disputed = Annotated[
    bool | None, typer.Option("--disputed/--undisputed", help="Only those with (without) disagreements.")
]
WithoutNames = Annotated[
    bool, typer.Option("--without-private-names", help="Private persons' names are replaced by marks.")
]
DEFAULT_LEDGER = Path("sayso.db")


@app.command()
def read(
    paths: Paths,
    ledger: LedgerFile = DEFAULT_LEDGER,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports into the ledger, link them, and print the incidents."""
    from sayso import pipeline
    from sayso.exports import text
    from sayso.ledger import open_ledger

    inputs = _inputs(paths, codebook, gazetteer, jobs)
    with open_ledger(ledger, create=True) as book:
        with _Progress() as progress:
            summary = pipeline.read(inputs, book, progress.show)
        _print(text.rows(book.incidents()))
    _say(_told(summary))
    _report(summary.problems)
    raise typer.Exit(FAILED_INPUTS if summary.lost else 0)


@app.command()
def code(
    paths: Paths,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    jobs: Jobs = 1,
    shape: Annotated[
        LinesOnly, typer.Option("--format", help="One line of JSON per report.")
    ] = LinesOnly.JSONL,
) -> None:
    """Code reports without a ledger and print one line of JSON for each."""
    from sayso import pipeline
    from sayso.codebook import load
    from sayso.model import Problem
    from sayso.records import to_line

    written = {LinesOnly.JSONL: to_line}[shape]
    inputs = _inputs(paths, codebook, gazetteer, jobs)
    problems: list[Problem] = []

    def lines() -> Iterable[str]:
        rows = load(codebook)
        for done in pipeline.code_all(inputs):
            if isinstance(done, Problem):
                problems.append(done)
            else:
                yield written(pipeline.coded_record(done, rows))

    _print(lines())
    _report(problems)
    raise typer.Exit(FAILED_INPUTS if any(problem.lost for problem in problems) else 0)


@app.command()
def find(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What to look for, such as times.")],
    paths: Paths,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
) -> None:
    """Print what is named in reports, one line of JSON for each report; nothing is coded."""
    from sayso import finding
    from sayso.model import Problem
    from sayso.records import to_line

    inputs = _inputs(paths, codebook, gazetteer, jobs=1)
    problems: list[Problem] = []

    def lines() -> Iterable[str]:
        for found in finding.find_all(what, inputs):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                yield to_line(found)

    _print(lines())
    _report(problems)
    raise typer.Exit(FAILED_INPUTS if any(problem.lost for problem in problems) else 0)


@app.command()
def actors(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Reports to look at. Else: those of the ledger."),
    ] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Actors that the codebook does not have (must be given).")
    ] = False,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List actors that reports name and the codebook does not have, as rows of an actors.csv."""
    from sayso import adopting, reports
    from sayso.codebook import load
    from sayso.ledger import open_ledger
    from sayso.model import Problem, Report

    if not unknown:
        raise UsageError("sayso actors lists what the codebook does not have.", "Ask for it with --unknown.")
    rows, problems = load(codebook), list[Problem]()
    if not paths:
        with open_ledger(ledger) as book:
            _print(adopting.rows((coded.report for coded in book.coded_reports()), rows))
        return
    inputs = _inputs(paths, codebook, None, jobs=1)

    def read_reports() -> Iterable[Report]:
        for item in reports.read(inputs.paths, rows, inputs.settings, inputs.stdin):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                yield item

    _print(adopting.rows(read_reports(), rows))
    _report(problems)
    raise typer.Exit(FAILED_INPUTS if any(problem.lost for problem in problems) else 0)


@app.command()
def incidents(
    since: Since = None,
    until: Until = None,
    country: Country = None,
    kind: TypeName = None,
    actor: Actor = None,
    status: Status = None,
    disputed: Disputed = None,
    shape: Annotated[Shape, typer.Option("--format", help="A table or one line of JSON each.")] = Shape.TABLE,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List the incidents of the ledger."""
    from sayso.exports import jsonl, text
    from sayso.ledger import open_ledger

    given = {"country": country, "event_type": kind, "actor": actor, "status": status, "disputed": disputed}
    chosen = _filter(given, since, until)
    with open_ledger(ledger) as book:
        found = book.incidents(chosen)
    _print(text.rows(found) if shape is Shape.TABLE else jsonl.lines(found))
    if not found:
        _say("No incident matches.")


@app.command()
def show(
    incident_id: Annotated[
        str, typer.Argument(metavar="ID", help="An incident's id or the beginning of it.")
    ],
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Show one incident: each field, who says what about it, with the quotes."""
    from sayso.exports import text
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        incident = book.incident(incident_id)
        if incident is None:
            raise UsageError(
                f"The ledger {ledger} has no incident {incident_id!r}, or several that begin so.",
                "List them with: sayso incidents",
            )
        reports = [book.report(report.report_id) for report in incident.reports]
    _print(text.page(incident, [report for report in reports if report]))


@app.command()
def lineages(
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON per lineage.")
    ] = Readable.TEXT,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List which reports copy, rewrite or update one another, with the passages that show it."""
    from sayso import tracing
    from sayso.codebook import load
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    rows = load(codebook)
    with open_ledger(ledger) as book:
        found = tracing.traced(book, rows)
    if shape is Readable.JSONL:
        _print(map(to_line, tracing.records(found)))
    else:
        _print(map(harmless, tracing.lines(found)))


@app.command()
def explain(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_ID...", help="Reports; or the ids of one or two incidents of the ledger."
        ),
    ],
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Only words, parse, and who says what; nothing is coded.")
    ] = False,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    pipeline_name: Annotated[
        str | None,
        typer.Option(
            "--spacy", metavar="NAME_OR_FOLDER", help="Parse with this pipeline (--sentences only)."
        ),
    ] = None,
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON per report.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Show why: how reports are read, or which evidence makes reports one incident."""
    from sayso import explaining, language
    from sayso.exports.text import harmless
    from sayso.language.foreign import spacy_parser
    from sayso.model import Problem
    from sayso.records import to_line

    if _are_ids(paths):
        _explain_incidents(paths, ledger, codebook, shape)
        return
    if sentences and shape is not Readable.TEXT:
        raise UsageError("--sentences gives text only.", "Leave out --sentences or --format.")
    if pipeline_name is not None and not sentences:
        raise UsageError("Coding uses the parser that comes with sayso.", "Give --spacy with --sentences.")
    inputs = _inputs(paths, codebook, gazetteer, 1)
    problems: list[Problem] = []

    def lines() -> Iterable[str]:
        parser = language.parse if pipeline_name is None else spacy_parser(pipeline_name)
        found = (
            explaining.explain_sentences(inputs, parser) if sentences else explaining.explain_codings(inputs)
        )
        for item in found:
            if isinstance(item, Problem):
                problems.append(item)
            elif isinstance(item, str):
                yield harmless(item)
            elif shape is Readable.JSONL:
                yield to_line(explaining.record(item))
            else:
                yield from map(harmless, explaining.lines(item))

    _print(lines())
    _report(problems)
    raise typer.Exit(FAILED_INPUTS if any(problem.lost for problem in problems) else 0)


def _are_ids(given: list[str]) -> bool:
    """Whether these are ids of incidents, or beginnings of ids, and no files."""
    import re

    return all(re.fullmatch("[0-9a-f]{4,20}", one) and not Path(one).exists() for one in given)


def _explain_incidents(ids: list[str], ledger: Path, codebook: str, shape: Readable) -> None:
    from sayso import weighing
    from sayso.codebook import load
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        chosen = [book.incident(one) for one in ids]
        for one, incident in zip(ids, chosen, strict=True):
            if incident is None:
                raise UsageError(
                    f"The ledger {ledger} has no incident {one!r}.", "List them with: sayso incidents"
                )
        different = list({one.incident_id: one for one in chosen if one}.values())
        if len(different) > 2:
            raise UsageError("Two incidents can be compared, not more.", "Give one id or two.")
        found = weighing.weighed(book, load(codebook), different)
    _print(
        [to_line(weighing.record(found))] if shape is Readable.JSONL else map(harmless, weighing.lines(found))
    )


@app.command()
def export(
    since: Since = None,
    until: Until = None,
    country: Country = None,
    kind: TypeName = None,
    actor: Actor = None,
    status: Status = None,
    disputed: Disputed = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Else: printed.")
    ] = None,
    shape: Annotated[
        Format, typer.Option("--format", help="What is written; docs/exports.md tells what each holds.")
    ] = Format.JSONL,
    strict: Annotated[
        bool, typer.Option("--strict", help="acled, ged, gtd: the dataset's own columns alone.")
    ] = False,
    without_private_names: WithoutNames = False,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write incidents of the ledger to a file that other programs read."""
    from sayso import publishing
    from sayso.codebook import load
    from sayso.exports import exporting
    from sayso.ledger import open_ledger

    given = {"country": country, "event_type": kind, "actor": actor, "status": status, "disputed": disputed}
    chosen = _filter(given, since, until)
    if strict and shape not in exporting.LAYOUTS:
        raise UsageError(f"--strict is no option of the format {shape}.", "Leave it out.")
    with open_ledger(ledger) as book:
        if output is None:
            found = publishing.chosen(book, chosen, without_private_names=without_private_names)
            _print(exporting.printed(found, shape))
            return
        order = exporting.Order(shape, load(codebook), strict, without_private_names)
        counts = publishing.export(book, chosen, output, order)
    left = f", {counts.left_out} incidents left out: see the losses" if counts.left_out else ""
    _say(f"{counts.incidents} incidents written to {output} ({counts.rows} rows{left}).")


@app.command()
def brief(
    since: Since = None,
    until: Until = None,
    country: Country = None,
    kind: TypeName = None,
    actor: Actor = None,
    status: Status = None,
    disputed: Disputed = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Else: printed.")
    ] = None,
    without_private_names: WithoutNames = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write one page (HTML) of incidents to read and print: map, timeline, who says what, sources."""
    from sayso import publishing
    from sayso.exports import brief as room
    from sayso.exports import write
    from sayso.ledger import open_ledger

    given = {"country": country, "event_type": kind, "actor": actor, "status": status, "disputed": disputed}
    chosen = _filter(given, since, until)
    with open_ledger(ledger) as book:
        found = list(publishing.chosen(book, chosen, without_private_names=without_private_names))
        asked = publishing.in_words(book, chosen, without_private_names=without_private_names)
    page = room.page(found, asked)
    if output is None:
        _print(page.splitlines())
    else:
        write(output, page.splitlines())
        _say(f"{len(found)} incidents written to {output}.")


@app.command()
def chart(
    since: Since = None,
    until: Until = None,
    country: Country = None,
    kind: TypeName = None,
    actor: Actor = None,
    status: Status = None,
    disputed: Disputed = None,
    by: Annotated[ChartBy, typer.Option("--by", help="Which incidents have one colour.")] = ChartBy.TYPE,
    every: Annotated[
        ChartEvery | None, typer.Option("--every", help="What a bar stands for. Else: what fits.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Ends in .svg or .png. Else: SVG, printed."),
    ] = None,
    without_private_names: WithoutNames = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Draw how many incidents there are over time, by actor, type or province (SVG or PNG)."""
    from sayso import publishing
    from sayso.exports import chart as room
    from sayso.ledger import open_ledger

    given = {"country": country, "event_type": kind, "actor": actor, "status": status, "disputed": disputed}
    chosen = _filter(given, since, until)
    with open_ledger(ledger) as book:
        found = publishing.chosen(book, chosen, without_private_names=without_private_names)
        counted = room.count(found, by.value, every.value if every else None)
        asked = publishing.in_words(book, chosen, without_private_names=without_private_names)
    picture = room.svg(counted, "; ".join([f"Incidents by {by.value} for each {counted.every}", *asked]))
    if output is None:
        _print([str(picture)])
    else:
        room.write(picture, output)
        _say(f"The chart is in {output}.")


@app.command("gazetteer")
def make_gazetteer(
    action: Annotated[GazetteerAction, typer.Argument(metavar="build", help="There is one thing to do.")],
    geonames: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder with unpacked dumps of GeoNames.")
    ] = None,
    table: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A table (CSV) of your own; may be repeated.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The gazetteer that is made.")
    ] = Path("places.gazetteer"),
) -> None:
    """Make a gazetteer of dumps of GeoNames and of tables of your own."""
    from sayso.places.build import build

    made = {GazetteerAction.BUILD: build}[action](output, geonames, table or [])
    _say(f"{made.places} places with {made.names} names are in {output}.")


@app.command()
def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD", help="Reports coded by hand, one a line.")
    ] = None,
    coded: Annotated[
        Path | None,
        typer.Argument(metavar="CODED", help="What sayso code printed. Else: GOLD's texts are coded here."),
    ] = None,
    sealed: Annotated[
        Path | None,
        typer.Option("--sealed", metavar="FILE", help="Sealed gold (.jsonl.xz): coded here, totals only."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures and cases here.")
    ] = None,
    samples: Annotated[
        int,
        typer.Option("--bootstrap", min=0, max=100_000, metavar="N", help="95 % intervals from N samples."),
    ] = 0,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="Show what was won and lost since an earlier --json."),
    ] = None,
) -> None:
    """Score coded reports against reports coded by hand."""
    from sayso import evaluate as room
    from sayso.evaluate import text
    from sayso.exports import write
    from sayso.exports.text import harmless
    from sayso.records import to_line

    path = _gold_of(gold, coded, sealed, against)
    its = room.read_gold(path, sealed=sealed is not None)
    if coded is None and not its.has_texts:
        raise UsageError(f"The gold in {path} has no texts.", "Code the reports, and give what was printed.")
    earlier = None if against is None else room.earlier_cases(against, its.digest)
    said = room.code_gold(its.records) if coded is None else room.read_predictions(coded)
    result = room.evaluate(its, said, samples=samples, sealed=sealed is not None)
    _print(map(harmless, text.lines(result)))
    if earlier is not None:
        _print(map(harmless, text.changes(room.gains_and_losses(earlier, result.cases))))
    if output is not None:
        write(output, [to_line(room.to_record(result))])


def _gold_of(gold: Path | None, coded: Path | None, sealed: Path | None, against: Path | None) -> Path:
    """The gold file that is asked for. Raises UsageError for what cannot be asked together."""
    if sealed is None:
        if gold is None:
            raise UsageError(
                "There is no gold to score against.", "Name a gold file, or give one as --sealed."
            )
        return gold
    if gold is not None or coded is not None or against is not None:
        raise UsageError(
            "Sealed gold is scored alone, and shows no case.", "Leave out GOLD, CODED and --against."
        )
    return sealed


# ---- helpers of the commands ----------------------------------------------------------------------


def _inputs(paths: list[str], codebook: str, gazetteer: Path | None, jobs: int) -> "Inputs":
    """What to read; where the clock and the environment are looked at."""
    from datetime import UTC, datetime

    from sayso.pipeline import Inputs
    from sayso.settings import from_environment

    return Inputs(
        paths=paths,
        codebook=codebook,
        settings=from_environment(),
        today=datetime.now(UTC).date(),
        jobs=jobs,
        stdin=sys.stdin.buffer if sys.stdin else None,  # it may be closed
        gazetteer=gazetteer,
    )


def _filter(given: dict[str, Any], since: str | None, until: str | None) -> "IncidentFilter":
    """The filter of ``sayso incidents``. Raises UsageError for a date that is none."""
    from sayso.ledger import IncidentFilter, period

    first, last = period(since, until)
    return IncidentFilter(since=first, until=last, **given)


class _Progress:
    """A line that counts reports, on a terminal only: a pipe gets nothing but results."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def show(self, summary: "Summary") -> None:
        """Counts what is done so far."""
        if self._shown:
            sys.stderr.write(f"\r\033[K{_told(summary)}")
            sys.stderr.flush()


def _told(summary: "Summary") -> str:
    reports = "report" if summary.new == 1 else "reports"
    line = f"{summary.new} new {reports}, {summary.known} known, {len(summary.lost)} not read"
    return f"{line}, {summary.dropped} statements dropped by the gate" if summary.dropped else line


def _print(lines: Iterable[str]) -> None:
    """Results, on standard output."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _say(line: str) -> None:
    """What is no result, on standard error."""
    from sayso.exports.text import harmless

    sys.stderr.write("\n".join(map(harmless, line.split("\n"))) + "\n")


def _report(problems: "Iterable[Problem]") -> None:
    for problem in problems:
        where = f", {problem.where}" if problem.where else ""
        _say(
            f"{'not read' if problem.lost else 'note'}: {problem.path}{where}: {problem.what} {problem.mend}"
        )


def _interrupt_again(fault: "sys.UnraisableHookArgs") -> None:
    """Ctrl-C that fell into a callback, where Python drops it, is pressed again; other faults are told."""
    import _thread
    from threading import Timer

    if isinstance(fault.exc_value, KeyboardInterrupt):
        Timer(0.05, _thread.interrupt_main).start()  # once the callback is over
    else:
        sys.__unraisablehook__(fault)


def _note_interrupts() -> list[int]:
    """Signals of Ctrl-C as they come, beside the exception they raise, which some library may swallow."""
    import signal

    heard: list[int] = []

    def interrupt(number: int, _: object) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored
        signal.signal(signal.SIGINT, interrupt)
    return heard


def main() -> None:
    """Run a command; every error of ours is a message and an exit status, never a traceback."""
    gc.set_threshold(_OBJECTS)
    sys.unraisablehook = _interrupt_again
    heard = _note_interrupts()
    for stream in (sys.stdout, sys.stderr):  # what a terminal cannot show is escaped, not a crash
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(standalone_mode=True)
    except SaysoError as error:
        _say(f"sayso: {error}")
        sys.exit(WRONG_USAGE)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stdout = None
        sys.exit(0)
    except OSError as fault:  # what other files raise is told where it is raised: this is our own output
        sys.stdout = None
        _say(
            f"sayso: The output cannot be written ({fault.strerror}).\n"
            "  Make room, or send it elsewhere, and run the command again."
        )
        sys.exit(WRONG_USAGE)
    except SystemExit as done:
        if done.code == INTERRUPTED or heard:  # Ctrl-C, which the library turns into this
            _say("sayso: interrupted; what was stored is kept, and the same command goes on from there.")
            sys.exit(INTERRUPTED)
        raise


if __name__ == "__main__":
    main()
