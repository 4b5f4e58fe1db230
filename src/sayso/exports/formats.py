"""The formats that incidents can be written in, by name."""

from enum import StrEnum


class Format(StrEnum):
    """What incidents can be written as; docs/exports.md tells what each holds."""

    JSONL = "jsonl"
    CSV = "csv"
    STATEMENTS = "statements"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    XLSX = "xlsx"
    ANNOTATION = "annotation"
    ACLED = "acled"
    GED = "ged"
    GTD = "gtd"
