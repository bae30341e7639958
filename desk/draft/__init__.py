"""A meeting's draft: its outline, and how it differs from what is public."""
