"""What the site is made of, whatever engine builds it."""
