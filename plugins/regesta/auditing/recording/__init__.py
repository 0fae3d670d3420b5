"""Keeps what was seen, and weighs it into verdicts."""
