"""What `regesta audit` is made of, and what else visits."""
