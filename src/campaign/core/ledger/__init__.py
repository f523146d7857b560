"""The ledger as anyone can check it: entries, the tree over them, keys, checkpoints, receipts."""
