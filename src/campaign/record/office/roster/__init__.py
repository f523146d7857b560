"""The Office's pages of the roster: a list that comes in, and the people who are on it."""
