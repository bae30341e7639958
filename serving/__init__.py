"""How requests are answered: from memory for the public, by Django for staff."""
