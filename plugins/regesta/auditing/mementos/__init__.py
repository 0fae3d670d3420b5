"""Asks archives for copies of pages, and has them made."""
