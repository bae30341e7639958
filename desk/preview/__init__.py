"""The draft as delegates would read it: for staff, and by a link."""
