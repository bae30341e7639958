"""What measures, proves and pictures the site from outside; nothing of the site needs it."""
