"""Forms lose no word: to two editors at once, deletions, double clicks, sessions that ended."""
