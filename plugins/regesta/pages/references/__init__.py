"""Citing: references in every format, and what machines read in the head of a page."""
