"""Formats of a published programme: each is a function of the document in one language."""
