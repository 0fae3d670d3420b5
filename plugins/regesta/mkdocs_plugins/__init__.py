"""Thin plugins; the only code that imports MkDocs."""
