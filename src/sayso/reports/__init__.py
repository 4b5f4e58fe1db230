"""Bytes to reports: walking inputs, one reader per format, labelled regions. Text is never cut or changed."""

from sayso.reports.make import make_report
from sayso.reports.read import read

__all__ = ["make_report", "read"]
