"""Readers of files from elsewhere, each in a process of its own whose time and memory are limited.

A native parser can abort its process, and a file can be made to take all of the machine; neither reaches the caller.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable

from campaign.errors.base import CampaignError
from campaign.settings import ENVIRONMENT_PREFIX

MEMORY = 700 * 2**20
"""Bytes of address space; the longest law or a list of 100,000 people takes a third of it."""
SECONDS = 20
"""Of processor time; the longest law or a list of 100,000 people takes two."""
LARGEST_OUTPUT = 64 * 2**20
_PATIENCE = 3 * SECONDS
"""Seconds on the clock: on a busy machine a process gets less time of the processor than passes."""
_REFUSED, _EXHAUSTED = 3, 4
"""Exit codes; Python itself ends with 1 and 2."""


class EffortError(Exception):
    """A file takes more time or memory than any real one needs."""


def run_limited(module: str, *arguments: str, content: bytes = b"") -> bytes:
    """Run ``python -m MODULE``, which calls `serve_limited`, and return what it read.

    Args:
        module: Our module.
        arguments: Its arguments.
        content: What it finds on its standard input.

    Raises:
        CampaignError: Why the file is refused.
        EffortError: It takes too much time or memory.
    """
    # What reads foreign files needs none of our secrets.
    environment = {name: text for name, text in os.environ.items() if not name.startswith(ENVIRONMENT_PREFIX)}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file is data, never code
            [sys.executable, "-m", module, *arguments],
            input=content,
            env=environment,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EffortError from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _REFUSED:
        code, facts = json.loads(done.stdout)
        raise next(kind for kind in CampaignError.__subclasses__() if kind.code == code)(*facts)
    if done.returncode < 0 or done.returncode == _EXHAUSTED or b"MemoryError" in done.stderr:
        raise EffortError
    raise RuntimeError(done.stderr.decode(errors="replace"))  # A bug: it belongs in the log, whole.


def serve_limited(read: Callable[[], bytes]) -> int:
    """Set the limits for this process, print what *read* returns or why it refuses, and return the exit code."""
    _limit_itself()
    gc.disable()  # The process ends with its only file; looking for cycles meanwhile costs a fifth of the time.
    try:
        output = read()
    except CampaignError as error:
        output = json.dumps([error.code, error.args], ensure_ascii=False).encode()
        code = _REFUSED
    except (MemoryError, RecursionError):
        return _EXHAUSTED
    else:
        code = 0 if len(output) <= LARGEST_OUTPUT else _EXHAUSTED
    sys.stdout.buffer.write(output)
    return code


def _limit_itself() -> None:
    """Set the limits where the system knows such limits (not on Windows)."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows lacks it

    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        within = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (within, within))
        except (ValueError, OSError):
            if sys.platform != "darwin":  # macOS refuses to limit memory below what is mapped.
                raise
