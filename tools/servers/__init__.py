"""What tools and tests start: PostgreSQL, and the site behind the shipped nginx."""
