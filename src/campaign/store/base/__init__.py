"""The tables, their types, and what every other room of the store uses."""
