"""Garbage: how often a program that runs for months looks for objects that only hold each other."""

import gc

NEW_OBJECTS = 20_000
"""After how many new objects garbage is looked for among them."""


def look_rarely() -> None:
    """Look for garbage rarely, and never among what is there already and lives as long as the program.

    It takes a tenth of a press's time else.
    """
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
