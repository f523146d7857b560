"""What builds remember of each other."""
