"""Coded reports against gold: reports coded by hand."""

from sayso.evaluate.compare import gains_and_losses
from sayso.evaluate.evaluation import Evaluation, earlier_cases, evaluate, to_record
from sayso.evaluate.gold import Gold, read_gold
from sayso.evaluate.predictions import code_gold, read_predictions

__all__ = [
    "Evaluation",
    "Gold",
    "code_gold",
    "earlier_cases",
    "evaluate",
    "gains_and_losses",
    "read_gold",
    "read_predictions",
    "to_record",
]
