"""Between rows, documents and files."""
