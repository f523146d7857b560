"""How far something long has come: a bar on the terminal; where there is no terminal, at most a line at the end."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Steps = Callable[[int, int], None]
"""Is told how many steps of how many are done."""


@contextmanager
def show_progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far *what* is; the block calls the given function with how many more are done.

    Args:
        what: What is done, in Vietnamese.
        total: How many there are, or nothing when that is not known before the end.
    """
    with _make_bar(what) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.advance(task, count)


@contextmanager
def show_steps(what: str, tell: Steps | None = None) -> Iterator[Steps]:
    """Show how far *what* is; the block calls the given function with how many of how many are done.

    At the end, a line says how long it took. With *tell*, that is called instead of drawing a bar.
    """
    began = time.monotonic()
    if tell:
        yield tell
        return
    with _make_bar(what) as progress:
        task = progress.add_task("", total=None)
        yield lambda done, steps: progress.update(task, completed=done, total=steps)
    seconds = f"{time.monotonic() - began:.1f}".replace(".", ",")
    click.echo(f"{what}: xong trong {seconds} giây.")


def print_steps(done: int, steps: int) -> None:
    """Print at every twentieth part how many steps are done, for the program that started this one."""
    if done == steps or done * 20 // steps != (done - 1) * 20 // steps:
        print(f"{done}/{steps}", flush=True)  # noqa: T201 - read line by line by the recorder


def _make_bar(what: str) -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
