"""Admins, inlines, forms and widgets: what the forms and lists of all rows have in common."""
