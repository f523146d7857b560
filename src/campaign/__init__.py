"""Publish notices, record who confirmed that they read them, and report it."""

__version__ = "0.2.0"
