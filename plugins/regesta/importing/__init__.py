"""Raw documents become briefs, with a log of every repair."""
