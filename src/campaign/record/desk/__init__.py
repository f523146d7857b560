"""What editors do in the browser."""
