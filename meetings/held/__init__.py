"""When something is held, and whether it is."""
