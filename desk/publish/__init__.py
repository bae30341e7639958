"""The release desk: what would change, publishing, undoing, taking back."""
