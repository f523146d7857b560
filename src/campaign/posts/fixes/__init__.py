"""Markdown as it was meant: what editors type or paste that would be shown otherwise, written so that it is not."""
