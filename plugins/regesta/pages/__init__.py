"""Values become pages: path, metadata, HTML."""
