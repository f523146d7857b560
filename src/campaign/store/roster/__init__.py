"""The roster: its members, its units, and the files that it comes in."""
