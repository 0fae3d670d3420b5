"""The language that the site speaks: words, dates, numbers, and their translations."""
