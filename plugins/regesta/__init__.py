"""Regesta: a searchable public archive of briefs, whose footnotes do not rot in silence."""

__version__ = "0.1.0"
