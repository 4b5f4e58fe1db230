"""Commands by which people judge, and look at what was judged."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli import printing
from sayso.cli.options import DEFAULT_LEDGER, CodebookName, GazetteerFile, LedgerFile, Readable
from sayso.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.judging import By
    from sayso.ledger import Ledger
    from sayso.model import Judgement

judge = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Name = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who judges; your login name, if not given.")
]
_Why = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="The reason.")]
_Item = Annotated[
    str, typer.Argument(metavar="ID", help="A statement, mention or incident, or the beginning of its id.")
]
_Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="Its id or the beginning of it.")]
_Mention = Annotated[
    bool, typer.Option("--mention", help="The mention that has this id is meant, not its incident.")
]


def by_whom(name: str | None) -> str:
    """Who judges. Raises UsageError where the system does not tell."""
    import getpass

    if name is not None:
        return name
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as fault:
        raise UsageError("It is not known who judges.", "Give your name with --by.") from fault


def _by(name: str | None, why: str | None) -> "By":
    from sayso.judging import By, now

    return By(by_whom(name), now(), why)


@contextmanager
def _judging(ledger: Path, codebook: str) -> "Iterator[Ledger]":
    """The ledger, for a judgement; linked after it, so that what is shown follows."""
    from sayso import pipeline
    from sayso.codebook import load
    from sayso.ledger import open_ledger

    rows = load(codebook)
    with open_ledger(ledger) as book:
        yield book
        pipeline.link(book, rows)


def _tell(book: "Ledger", made: "Judgement") -> None:
    """The judgement's id on standard output, and which earlier ones it overrules on standard error."""
    from sayso.exports.text import SHORT, harmless
    from sayso.incidents import judged

    printing.put(
        [harmless(f"{made.judgement_id}  {made.verdict.replace('_', ' ')} {made.target} {made.target_id}")]
    )
    known = {one.judgement_id: one for one in book.judgements()}
    for later, earlier in judged(book.attached()).conflicts:
        if later == made.judgement_id:
            before = known[earlier]
            printing.say(
                f"This overrules {earlier[:SHORT]} of {before.who} on {before.made_on[:10]}: "
                f"{before.verdict.replace('_', ' ')}. The latest holds; sayso history shows both."
            )


# ---- on one thing ---------------------------------------------------------------------------------------


@judge.command()
def confirm(
    item: _Item,
    mention: _Mention = False,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """It is right: a statement, a mention, an incident."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.confirm(book, item, _by(by, why), mention=mention)
        _tell(book, made)


@judge.command()
def reject(
    item: _Item,
    mention: _Mention = False,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """It is wrong: a statement that counts for nothing, or what is no incident."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.reject(book, item, _by(by, why), mention=mention)
        _tell(book, made)


@judge.command()
def unsure(
    item: _Item,
    other: Annotated[
        str | None, typer.Argument(metavar="[INCIDENT]", help="A second incident: whether the two are one.")
    ] = None,
    mention: _Mention = False,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """You cannot tell, of one thing, or whether two incidents are one."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        if other is None:
            made = judging.unsure(book, item, _by(by, why), mention=mention)
        else:
            made = judging.unsure_same(book, item, other, _by(by, why))
        _tell(book, made)


@judge.command()
def comment(
    item: _Item,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What there is to say.")],
    mention: _Mention = False,
    by: _Name = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """A remark on a statement, mention, incident or report; it changes nothing."""
    from sayso import judging
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        made = judging.comment(book, item, _by(by, words), mention=mention)
        _tell(book, made)


@judge.command()
def correct(
    statement: Annotated[
        str, typer.Argument(metavar="STATEMENT", help="The id of a statement or the beginning of it.")
    ],
    value: Annotated[
        str | None,
        typer.Option(metavar="VALUE", help="12, 31+, 4-9, 2021-07-20, a place, a name, a type; or unknown."),
    ] = None,
    stance: Annotated[str | None, typer.Option(metavar="STANCE", help="Such as accused.")] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose word it is; report for the report's own.")
    ] = None,
    hedged: Annotated[
        bool | None, typer.Option("--hedged/--not-hedged", help="Whether the wording withholds commitment.")
    ] = None,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """A statement says something else: value, stance, speaker."""
    from sayso import judging, places, typed
    from sayso.codebook import load

    with _judging(ledger, codebook) as book:
        found = judging.statement_named(book, statement)
        told: dict[str, Any] = {"value": value, "stance": stance, "speaker": speaker, "hedged": hedged}
        change = typed.change_of(found, told, load(codebook), places.gazetteer(gazetteer))
        made = judging.correct(book, found.statement_id, _by(by, why), change)
        _tell(book, made)


@judge.command()
def hide(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id or the beginning of it.")],
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Leave a report out of everything; undo shows it again."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.hide(book, report, _by(by, why))
        _tell(book, made)


@judge.command()
def add(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id or the beginning of it.")],
    words: Annotated[
        str,
        typer.Argument(metavar="WORDS", help="The words of the value, as printed; of a new act its verb."),
    ],
    field: Annotated[str, typer.Option(metavar="FIELD", help="Such as killed, perpetrator, place, event.")],
    mention: Annotated[
        str | None, typer.Option(metavar="ID", help="The mention it is said of; left out for a new event.")
    ] = None,
    value: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Of a count 12, 31+ or 4-9; of an event its type.")
    ] = None,
    stance: Annotated[str, typer.Option(metavar="STANCE", help="Such as accused.")] = "stated",
    speaker: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The words of whoever says it; else the report does.")
    ] = None,
    cue: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The words of claiming, accusing, or of the act.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Of a participant, such as organisation or people.")
    ] = None,
    hedged: Annotated[bool, typer.Option("--hedged", help="The wording withholds commitment.")] = False,
    background: Annotated[
        bool, typer.Option("--background", help="The report only recalls the act.")
    ] = False,
    nth: Annotated[
        int, typer.Option(min=1, metavar="N", help="Where WORDS stand several times: which of them.")
    ] = 1,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Add what was missed, by the words of a report; it passes the same gate as all that is coded."""
    from sayso import judging, marking, places
    from sayso.codebook import load

    rows, located = load(codebook), places.gazetteer(gazetteer)
    with _judging(ledger, codebook) as book:
        given = book.report(judging.one_report(book, report))
        if given is None:
            raise UsageError(f"The report {report} has no coding in use.", "Read it again.")
        marked = marking.marked(
            given,
            {
                "field": field,
                "words": words,
                "nth": nth,
                "mention": None
                if mention is None
                else judging.item_of(book, mention, mention=True).target_id,
                "value": value,
                "stance": stance,
                "speaker": speaker,
                "cue": cue,
                "kind": kind,
                "hedged": hedged,
                "is_background": background,
            },
            rows,
        )
        _tell(book, marking.add(book, rows, marked, _by(by, why), located))


# ---- on which mentions are one --------------------------------------------------------------------------


@judge.command()
@judge.command("merge")
def same(
    incidents: Annotated[
        list[str], typer.Argument(metavar="INCIDENT INCIDENT...", help="Ids, or the beginnings of them.")
    ],
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Two or more incidents are one; merge is another word for it."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.same(book, incidents, _by(by, why))
        _tell(book, made)


@judge.command("not-same")
def not_same(
    one: _Incident,
    other: _Incident,
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Two incidents are two, whatever speaks for one."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.not_same(book, one, other, _by(by, why))
        _tell(book, made)


@judge.command()
def split(
    incident: _Incident,
    mentions: Annotated[
        list[str], typer.Argument(metavar="MENTION...", help="Those that leave; sayso show --ids has them.")
    ],
    why: _Why = None,
    by: _Name = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Some mentions of an incident are another incident, together."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        made = judging.split(book, incident, mentions, _by(by, why))
        _tell(book, made)


# ---- what was judged ------------------------------------------------------------------------------------


@judge.command()
def undo(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="Its id or the beginning of it.")],
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Withdraw a judgement: it stays in the history, and has no effect."""
    from sayso import judging

    with _judging(ledger, codebook) as book:
        printing.put([f"{judging.undo(book, judgement, judging.now())}  withdrawn"])


@judge.command("list")
def list_all(
    again: Annotated[
        bool, typer.Option("--again", help="Only those to be judged again: the words are others now.")
    ] = False,
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON each.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List all judgements, and whether each is in force."""
    from sayso import reviewing
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        found = [one for one in reviewing.all_told(book) if not again or one.is_asked_again]
    if shape is Readable.JSONL:
        printing.put(to_line(reviewing.told_record(one)) for one in found)
    else:
        printing.put(harmless(reviewing.told_line(one)) for one in found)


def history(
    incident_id: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="The id that an incident has or had, or its beginning.")
    ],
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON.")
    ] = Readable.TEXT,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Show how an incident came to be as it is: what each day's reports changed, and what people judged."""
    from sayso import reviewing
    from sayso.codebook import load
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        found = reviewing.history(book, load(codebook), incident_id)
        if shape is Readable.JSONL:
            printing.put([to_line(reviewing.record(found))])
        else:
            printing.put(map(harmless, reviewing.lines(found, reviewing.reports_of(book, found))))


def agreement(
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Tell how far those who judged the same things agree: percent, Cohen's kappa, Krippendorff's alpha."""
    from sayso import reviewing
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line, to_record

    with open_ledger(ledger) as book:
        found = reviewing.agreements(book)
    if shape is Readable.JSONL:
        printing.put([to_line({kind: to_record(one) for kind, one in found.items()})])
        return
    lines = list(map(harmless, reviewing.agreement_lines(found)))
    printing.put(lines)
    if not lines:
        printing.say("Nothing was judged by two people yet.")
