"""The ledger, its writer, and the database under it."""
