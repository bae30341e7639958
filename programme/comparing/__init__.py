"""Two documents side by side, and what should be seen before one is published: pure functions."""
