"""How lines of changes are written, which need no telling, and what each weighs."""
