"""PostgreSQL as Django has it, but for what the site needs besides."""
