"""sayso: incidents of armed conflict from news reports, on whose say-so, with the words."""
