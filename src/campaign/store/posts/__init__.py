"""Posts, and what is recorded about them."""
