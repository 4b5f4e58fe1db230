"""Names in a text to identities: which words name or stand for which actor."""

from sayso.actors.find import About, find
from sayso.actors.mentions import Mention, mentions
from sayso.actors.page import ActorName
from sayso.actors.unlisted import class_of, known_ids

__all__ = ["About", "ActorName", "Mention", "class_of", "find", "known_ids", "mentions"]
