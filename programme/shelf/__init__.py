"""What each process holds ready for the public; it knows no database."""
