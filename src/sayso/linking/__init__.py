"""The second of the two verbs: lineages, then which mentions are one incident, then what they say of it."""

from sayso.linking.link import link

__all__ = ["link"]
