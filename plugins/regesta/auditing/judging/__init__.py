"""Says what one visit alone amounts to."""
