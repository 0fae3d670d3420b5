"""Visits to links, and the record of what they found."""
