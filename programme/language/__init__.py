"""What each language does its own way: lists, labels, dates, directions. It knows no document."""
