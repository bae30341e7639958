"""What needs a browser: pictures of pages, and what a first visit weighs."""
