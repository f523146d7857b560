"""Who confirmed, who not: counted and listed."""
