"""Who is asked: the roster, its units, special cases, and how people are known."""
