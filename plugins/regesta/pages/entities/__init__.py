"""The pages of persons, organisations, places and events."""
