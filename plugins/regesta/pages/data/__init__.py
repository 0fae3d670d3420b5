"""The archive as data: its tables, and the files that hold them."""
