"""Markdown as people type and paste it: what it plainly means. It knows no document."""
