"""A database backend: Django's own for PostgreSQL, with time-outs on the client's side."""
