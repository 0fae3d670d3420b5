"""The one place that opens the archive's files."""
