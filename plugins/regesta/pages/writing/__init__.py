"""The text of a brief as HTML, safe by construction."""
