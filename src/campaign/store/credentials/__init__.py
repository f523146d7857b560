"""What people sign in with. Not in the ledger."""
