"""How fast the site is, and what it stands."""
