"""The verbs of publishing, and who brings publications to the shelf."""
