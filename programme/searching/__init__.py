"""Finding what a published programme holds: words, how well they fit, where they stand."""
