"""The tables, and what every other room of the store stands on."""
