"""Findings and verdicts become text, JSON and other formats."""
