"""Report to coded report: coders propose, one gate disposes."""

from sayso.coding.code import code
from sayso.coding.coder import Coder, coder_named

__all__ = ["Coder", "code", "coder_named"]
