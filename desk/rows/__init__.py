"""What the forms and lists of all rows have in common."""
