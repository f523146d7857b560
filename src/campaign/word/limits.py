"""What the reading of one document may take. A hostile one runs into these instead of the machine's end."""

import sys

MEMORY = 700 * 2**20
"""Bytes of address space; the longest law takes a tenth of it in real memory."""

SECONDS = 20
"""Of processor time; the longest law takes one."""

LARGEST_OUTPUT = 64 * 2**20


def limit_itself() -> None:
    """Set the limits for this process, where the system knows such limits (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (Windows lacks it)

    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (within, within))
