"""Faults that a person can fix, worded in Vietnamese once, so that terminal, web and JSON agree.

Each has a code, which has its section in the handbook (``content/huong-dan/ma-loi.md``). Any other exception is a bug.
"""
