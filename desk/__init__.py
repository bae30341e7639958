"""All that staff see: forms of rows, the draft, the release desk, previews."""
