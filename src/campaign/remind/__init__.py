"""Reminding: the calendar, the words, mail and outbox."""
