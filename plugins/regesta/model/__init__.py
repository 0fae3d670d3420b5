"""Values and the pure reading of text: no file, clock, network or MkDocs."""
