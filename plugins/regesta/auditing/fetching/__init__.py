"""Asks servers: many links at once, each host at its own pace, and no address that is not public."""
