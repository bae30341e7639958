"""What all pages of the desk have in common."""
