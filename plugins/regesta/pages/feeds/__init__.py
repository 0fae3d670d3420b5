"""Feeds: what is new, corrected, withdrawn."""
