"""A document is read: its archive, its XML, its text as the page shows it."""
