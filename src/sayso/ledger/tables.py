"""The tables of a ledger, in one MetaData. docs/ledger.md tells what each is for.

What stands here is how the newest schema looks; the migrations are what makes it, triggers included, and a
test holds that the two agree. Columns called ``record`` hold one record of ``model`` as a line of JSON.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

METADATA = MetaData()

# ---- facts about texts: only ever added to -----------------------------------------------------------

reports = Table(
    "reports",
    METADATA,
    Column("report_id", Text, primary_key=True),
    Column("text_id", Text, nullable=False),
    Column("text", Text, nullable=False),
)

originals = Table(
    "originals",
    METADATA,
    # What a report was read from: a file, or its line or row of one. Its header has this digest.
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),  # by zlib
)

codings = Table(
    "codings",
    METADATA,
    Column("coding_id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.report_id"), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("coder", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("codebook", Text, nullable=False),
    Column("codebook_sha256", Text, nullable=False),
    Column("gazetteer_sha256", Text),
    # What a reader found in the text (title, publication, regions) is kept with the coding that rests on it:
    # a better reader finds more in the same report, and the older coding must still come back as it was.
    Column("header", Text, nullable=False),
    Column("aggregates", Text, nullable=False),
    Column("dropped", Text, nullable=False),
    Column("warnings", Text, nullable=False),
    Index("one_active_coding", "report_id", unique=True, sqlite_where=text("active")),
)

mentions = Table(
    "mentions",
    METADATA,
    Column("coding_id", Text, ForeignKey("codings.coding_id"), primary_key=True),
    Column("mention_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("mentions_by_id", "mention_id"),
)

statements = Table(
    "statements",
    METADATA,
    Column("coding_id", Text, ForeignKey("codings.coding_id"), primary_key=True),
    Column("statement_id", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("statements_by_id", "statement_id"),
)

edges = Table(
    "statement_mentions",
    METADATA,
    Column("coding_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("statement_id", Text, nullable=False),
    Column("mention_id", Text, nullable=False),
    # The same words may be told of two mentions and be taken differently there: the keys that differ.
    Column("differs", Text),
    ForeignKeyConstraint(["coding_id", "statement_id"], ["statements.coding_id", "statements.statement_id"]),
    ForeignKeyConstraint(["coding_id", "mention_id"], ["mentions.coding_id", "mentions.mention_id"]),
)

judgements = Table(
    "judgements",
    METADATA,
    Column("judgement_id", Text, primary_key=True),
    Column("target", Text, nullable=False),
    Column("target_id", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("made_on", Text, nullable=False),
    Column("why", Text),
    Column("withdrawn_on", Text),
    Column("change", Text),
    Column("groups", Text),
    Index("judgements_by_target", "target_id"),
)

history = Table(
    "history",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # judged, withdrawn, purged
    Column("subject", Text),  # the judgement or tombstone; None where a purge took it away, with the salt
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("chain", Text, nullable=False),
)

tombstones = Table(
    "tombstones",
    METADATA,
    Column("tombstone_id", Integer, primary_key=True),
    Column("salt", Text, nullable=False),
    # By which a text that was purged is known again: slow to make, so that guessing it is.
    Column("mark", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("purged_on", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("emptied", Text, nullable=False),  # the entries of the history whose content went
    Column("finished", Boolean, nullable=False),  # whether the file was packed since
)

search_rows = Table(
    "search_rows",
    METADATA,
    # The full-text index ``search`` numbers its rows; made and filled in SQL, by the migration.
    Column("row", Integer, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.report_id"), nullable=False, unique=True),
)

runs = Table(
    "runs",
    METADATA,
    Column("run_id", Integer, primary_key=True),
    Column("made_on", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("codebook", Text, nullable=False),
    Column("codebook_sha256", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("counts", Text, nullable=False),
)

# ---- views: made anew by every linking ---------------------------------------------------------------

lineages = Table(
    "lineages",
    METADATA,
    Column("lineage_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
)

lineage_reports = Table(
    "lineage_reports",
    METADATA,
    Column("report_id", Text, primary_key=True),  # every report is in one lineage at most
    Column("lineage_id", Text, ForeignKey("lineages.lineage_id"), nullable=False),
    Column("position", Integer, nullable=False),
)

lineage_pairs = Table(
    "lineage_pairs",
    METADATA,
    Column("lineage_id", Text, ForeignKey("lineages.lineage_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("score", Float, nullable=False),
)

incidents = Table(
    "incidents",
    METADATA,
    Column("incident_id", Text, primary_key=True),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("earliest", Text),
    Column("latest", Text),
    Column("attribution_status", Text, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("is_background", Boolean, nullable=False),
    Column("record", Text, nullable=False),
)

incident_mentions = Table(
    "incident_mentions",
    METADATA,
    Column("mention_id", Text, primary_key=True),  # a mention is in one incident at most
    Column("incident_id", Text, ForeignKey("incidents.incident_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Index("mentions_of_incident", "incident_id"),
)

listing = Table(
    "listing",
    METADATA,
    # What lists, maps and timelines show of an incident. The record, of some kilobytes, is not looked at.
    Column("listing_id", Integer, primary_key=True),  # a number without a meaning
    Column("incident_id", Text, ForeignKey("incidents.incident_id"), nullable=False, unique=True),
    Column("day", Text),  # the first that is known, else the last
    Column("earliest", Text),
    Column("latest", Text),
    Column("event_type", Text, nullable=False),
    Column("sub_event_type", Text, nullable=False),
    Column("attribution_status", Text, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("is_background", Boolean, nullable=False),
    Column("is_part", Boolean, nullable=False),
    Column("place", Text),
    Column("admin1", Text),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("killed", Integer),  # the best figure, else the lowest
    Column("voices", Integer, nullable=False),  # for the field that most agree on
    Index("listing_by_day", "day", "incident_id"),
)

incident_terms = Table(
    "incident_terms",
    METADATA,
    Column("kind", Text, primary_key=True),  # actor, country, event_type and so on: ``indexing.terms``
    Column("term", Text, primary_key=True),
    Column("listing_id", Integer, primary_key=True),
    Index("terms_by_listing", "listing_id"),
    sqlite_with_rowid=False,
)

attributions = Table(
    "attributions",
    METADATA,
    # Who is said to have done it, one row for each actor, stance and speaker of an incident.
    Column("listing_id", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("actor_key", Text, nullable=False),
    Column("stance", Text, nullable=False),
    Column("speaker", Text, nullable=False),
    Column("speaker_key", Text, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("answered", Boolean, nullable=False),  # somebody denies or rejects it in the same incident
    Index("attributions_by_actor", "actor_key"),
    Index("attributions_by_speaker", "speaker_key"),
)

private_names = Table(
    "private_names",
    METADATA,
    Column("listing_id", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("report_id", Text, primary_key=True),
)

WORDS = "incident_words"
"""The index of words (FTS5), one row for each of the listing; SQLAlchemy knows no such tables."""

redirects = Table(
    "redirects",
    METADATA,
    Column("former_id", Text, primary_key=True),
    # None: no mention of it is left. It is kept, for a later coding may find the mention again.
    Column("incident_id", Text, ForeignKey("incidents.incident_id")),
    Index("redirects_to_incident", "incident_id"),
)

# ---- what linking compared: made anew where the program or the codebook changes ----------------------

compared_with = Table(
    "compared_with",
    METADATA,
    Column("turn", Integer, primary_key=True),  # one row: counts the linkings
    Column("digest", Text, nullable=False),  # of all that linking goes by
)

compared_reports = Table(
    "compared_reports",
    METADATA,
    Column("report_id", Text, primary_key=True),
    Column("coding_id", Text, nullable=False),
    Column("judged", Text, nullable=False),
    Column("text_id", Text, nullable=False),
    Column("published", Text),
    Column("publisher", Text),
    Column("runs", LargeBinary, nullable=False),
    Column("lineage_id", Text, nullable=False),
    Column("url", Text),
    Column("corrects", Text),
    Column("retracts", Text),
)

compared_mentions = Table(
    "compared_mentions",
    METADATA,
    # A mention_id; the report_id where no mention was read in a report.
    Column("id", Text, primary_key=True),
    Column("report_id", Text, nullable=False),
    Column("published", Text),
    Column("passage", Text),
    Column("part_of", Text),
    Column("keys", LargeBinary, nullable=False),
    Column("traits", LargeBinary, nullable=False),
    Column("same_as", Text, nullable=False),  # the first that is the same passage; itself where it is that
    Column("incident_id", Text),
)

compared_facts = Table(
    "compared_facts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

compared_pairs = Table(
    "compared_pairs",
    METADATA,
    # Two of compared_mentions, the smaller id first, that are rather one incident than two.
    Column("a", Text, primary_key=True),
    Column("b", Text, primary_key=True),
)
