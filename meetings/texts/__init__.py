"""What a typed text may hold, and what is known of each."""
