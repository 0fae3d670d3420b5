"""What pages say of links: verdicts, sources, the health of all."""
