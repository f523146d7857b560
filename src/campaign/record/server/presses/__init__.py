"""Presses, recorded in a process of their own."""
