"""Keys, checkpoints, verification, backups."""
