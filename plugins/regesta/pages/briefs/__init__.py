"""The pages of briefs, and the lists of them."""
