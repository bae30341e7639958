"""The published programme as a value, and what is read out of it: pure functions."""
