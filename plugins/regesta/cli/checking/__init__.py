"""What `regesta check` is made of."""
