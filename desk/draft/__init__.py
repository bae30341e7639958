"""A meeting's draft: in the order of the programme, and how it stands against what is public."""
