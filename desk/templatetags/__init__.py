"""What templates of the desk need to know."""
