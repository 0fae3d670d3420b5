"""What the commands share that look at the record of links."""
