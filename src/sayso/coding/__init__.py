"""Report to coded report: coders propose, one gate disposes."""

from sayso.coding.code import code
from sayso.coding.coder import Coder, coder_named
from sayso.coding.explain import Explanation, explain
from sayso.coding.reading import sentences_of

__all__ = ["Coder", "Explanation", "code", "coder_named", "explain", "sentences_of"]
