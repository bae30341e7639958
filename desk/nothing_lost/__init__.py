"""No word is lost: two editors at once, deletions, double clicks, sessions that ended."""
