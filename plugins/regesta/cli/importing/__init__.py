"""What `regesta import` is made of."""
