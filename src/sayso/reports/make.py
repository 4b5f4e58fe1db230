"""From a text and what an input gives about it to a report."""

import hashlib
from typing import Literal

from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.model import Report, report_id_of, text_id_of
from sayso.reports.credits import byline_of, credits_of
from sayso.reports.dates import Dated
from sayso.reports.document import Document
from sayso.reports.labels import Labels
from sayso.reports.languages import language_of
from sayso.reports.layout import labelled, reporting, whole
from sayso.reports.page import page_of
from sayso.reports.publisher import custom_of, is_unsettled, publisher_of
from sayso.times.stamps import Custom, Stamp, find_stamp, read_date

_NEAR_TITLE = 4
"""How many units above the headline a date of publication stands at most, where there is another one."""


def make_report(  # noqa: PLR0913 - what an input may give of a report
    text: str,
    codebook: Codebook,
    *,
    path: str | None = None,
    id: str | None = None,  # noqa: A002 - a record's field is called what the contract calls it
    url: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    updated: str | None = None,
    version_of: str | None = None,
    corrects: str | None = None,
    retracts: str | None = None,
    raw: bytes | None = None,
    reader: str | None = None,
    document: Document | None = None,
) -> Report:
    """The report of a text, which stays as it is: regions labelled, date, byline, title and credits found.

    What is given goes before what the page says of itself, which is in ``document`` where there is a layout,
    and that before what the text tells. ``published`` may be written as people write dates and comes out as
    ISO 8601; one that cannot be read leaves it None. Blank values count as not given. The ids are made of the
    text and of what is given, as it is given, alone. ``raw`` are the bytes that the text was read from.

    Raises UsageError where the text holds half a character (a lone surrogate), which nothing can store.
    """
    try:
        text_id = text_id_of(text)
    except UnicodeEncodeError as fault:
        raise UsageError(
            f"The text holds half a character (a lone surrogate) at offset {fault.start}.",
            "Write the whole character, or leave it out.",
        ) from fault
    given_id, url, publisher, published = (_given(value) for value in (id, url, publisher, published))
    found = document or Document(text)
    page = page_of(codebook)
    headline = _given(title) or found.title
    labels, regions = labelled(text, found.regions, codebook, headline)
    seen = whole(text, found.regions, codebook, headline) if found.regions else labels
    address = url or found.url
    shown, own = publisher_of(text, seen, page, address)
    known = next((outlet for _, outlet in page.addressed(address or "") if outlet), None)
    named = publisher or found.publisher or known or shown
    custom = custom_of(labels, page, named, address)
    if is_unsettled(labels):
        labels, regions = labelled(text, found.regions, codebook, headline, custom)
    iso, origin, stamp = _published(labels, published, found.published, codebook, custom)
    language = language_of(reporting(text, regions), codebook.language)
    return Report(
        report_id=report_id_of(text_id, given_id, url, publisher, published),
        text_id=text_id,
        text=text,
        path=path,
        id=given_id,
        title=_given(title) or _title(labels) or found.title,
        publisher=named,
        publisher_from="given"
        if publisher
        else "metadata"
        if found.publisher or known
        else "text"
        if shown
        else None,
        byline=_given(byline) or found.byline or byline_of(text, labels, page),
        url=address,
        published=iso,
        published_from=origin,
        updated=_updated(labels, _given(updated) or found.updated, codebook),
        version_of=_given(version_of),
        corrects=_given(corrects),
        retracts=_given(retracts),
        language=language,
        raw_sha256=None if raw is None else hashlib.sha256(raw).hexdigest(),
        reader=reader,
        credits=credits_of(
            text, labels, page, publisher or found.publisher or known or (shown if own else None)
        ),
        regions=regions,
        notes=(
            *_notes_on_language(language, codebook.language),
            *_notes(named, published, iso, stamp),
        ),
    )


def _given(value: str | None) -> str | None:
    return value if value is not None and value.strip() else None


def _title(labels: Labels) -> str | None:
    return None if labels.title is None else " ".join(labels.units[labels.title].words.split())


def _published(
    labels: Labels, given: str | None, found: str | None, codebook: Codebook, custom: Custom
) -> tuple[str | None, Literal["given", "metadata", "text"] | None, Stamp | None]:
    """When it was published, where that was found, and the stamp that says so.

    A date that is given and cannot be read is not replaced by another one: something else was meant.
    """
    if given is not None:
        iso = read_date(given, codebook, custom)
        return iso, "given" if iso else None, find_stamp(given[:100], codebook, custom)
    stamps = [dated for dated in labels.stamps if not dated.updated]
    stamps.sort(key=lambda dated: dated.unit < (labels.title or 0) - _NEAR_TITLE)  # today's date, among menus
    stamp = next((dated.stamp for dated in (*(one for one in stamps if one.first), *stamps)), None)
    if found is not None and (iso := read_date(found, codebook, custom)) is not None:
        if stamp is not None and len(iso) < len(stamp.iso) and stamp.iso.startswith(iso):
            return stamp.iso, "text", stamp  # the same day, and its hour
        return iso, "metadata", find_stamp(found[:100], codebook, custom)
    return (None, None, None) if stamp is None else (stamp.iso, "text", stamp)


def _updated(labels: Labels, told: str | None, codebook: Codebook) -> str | None:
    if told is not None and (iso := read_date(told, codebook)) is not None:
        return iso
    changes: list[Dated] = [dated for dated in labels.stamps if dated.updated]
    return changes[0].stamp.iso if changes else None


def _notes_on_language(language: str | None, own: str) -> tuple[str, ...]:
    if language in (None, own):
        return ()
    return (f"Not coded: language {language}. Only reports in {own} are.",)


def _notes(
    publisher: str | None, published: str | None, iso: str | None, stamp: Stamp | None
) -> tuple[str, ...]:
    notes: list[str] = []
    if publisher is None:
        notes.append("No publisher: neither the input nor the text names one.")
    if iso is None and published is None:
        notes.append("No publication date: neither the input nor the text gives one.")
    elif iso is None:
        notes.append(
            f"No publication date: the one given, {(published or '').strip()[:60]!r}, cannot be read."
        )
    elif stamp is not None and stamp.zone:
        notes.append(f"Published {_plain(iso)} is printed with the zone {stamp.zone}, which is not resolved.")
    elif len(iso) > 10 and not _has_zone(iso):
        notes.append(f"Published {_plain(iso)} is printed without a time zone.")
    return tuple(notes)


def _plain(iso: str) -> str:
    return iso.replace("T", " ")


def _has_zone(iso: str) -> bool:
    return iso.endswith("Z") or any(sign in iso[10:] for sign in "+-")
