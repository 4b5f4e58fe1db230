"""The first of the two verbs: one report in, what it says out. Needs no network, clock or other report."""

from sayso.codebook import Codebook
from sayso.coding.coder import Coder, coder_named
from sayso.coding.finish import finish
from sayso.coding.reading import read
from sayso.model import CodedReport, Coding, Report
from sayso.places import Gazetteer
from sayso.places import gazetteer as shipped


def code(
    report: Report, codebook: Codebook, coder: Coder | None = None, *, gazetteer: Gazetteer | None = None
) -> CodedReport:
    """What the coder (the rules, if none is given) makes of one report; ``gazetteer`` is ours if not given.

    A report that tells of nothing gives a CodedReport without mentions, and so does one that is known to be
    in another language than the codebook's: its words would be guessed at.
    """
    coder = coder or coder_named("rules")
    gazetteer = gazetteer or shipped()
    coding = coding_of(codebook, coder, gazetteer)
    if not reads(codebook, report):
        return CodedReport(report, coding, warnings=report.notes)
    reading = read(report, codebook, gazetteer)
    return finish(reading, coder.propose(reading, codebook), codebook, coding)


def reads(codebook: Codebook, report: Report) -> bool:
    """Whether a codebook is made for the language of a report, as far as that is known."""
    return report.language in (None, codebook.language)


def coding_of(codebook: Codebook, coder: Coder, gazetteer: Gazetteer) -> Coding:
    """What identifies a coding beside its report: while it stays the same, a stored one may be used."""
    return Coding(coder.name, coder.version, codebook.name, codebook.sha256, gazetteer.sha256)
