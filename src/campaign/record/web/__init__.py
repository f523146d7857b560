"""What every page shares: guard, frame, forms, admission."""
