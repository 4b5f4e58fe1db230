"""Incidents in the forms that people and other programs read; one file per form."""

from sayso.exports.files import write

__all__ = ["write"]
