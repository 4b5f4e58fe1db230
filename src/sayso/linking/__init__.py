"""The second of the two verbs: lineages, then which mentions are one incident, then what they say of it."""

from sayso.linking.link import link
from sayso.linking.linkable import Linkable, linkable

__all__ = ["Linkable", "link", "linkable"]
