"""What the Office sees and does."""
