"""The tables that are made from the entries."""
