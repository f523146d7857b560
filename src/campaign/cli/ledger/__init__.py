"""The commands about the ledger, its key, and what is taken out of it for others to check."""
