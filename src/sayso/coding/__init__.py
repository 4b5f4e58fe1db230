"""Report to coded report: coders propose, one gate disposes."""

from sayso.coding.code import code
from sayso.coding.coder import Coder, coder_named
from sayso.coding.reading import sentences_of

__all__ = ["Coder", "code", "coder_named", "sentences_of"]
