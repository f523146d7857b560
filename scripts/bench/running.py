"""Running what is measured: a server in a process of its own, a load generator in another, a table of what they did."""

import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a run showed.

    Attributes:
        rate: Requests a second.
        p50: Milliseconds within which half of the requests had their answer.
        p99: The same for 99 of 100.
        cpu: Microseconds of processor time that the server took for one request: other load on the machine changes
            it less than the rate.
    """

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent: the requests of a file, for so long, over so many connections, each answered with *status*."""

    requests: Path
    seconds: float
    connections: int
    status: int
    again: bool = False


@contextmanager
def serving(name: str, argument: str, packages: Path | None = None) -> Iterator[tuple[int, int]]:
    """Serve an application of serve.py while the block runs, and give its process and port."""
    environment = os.environ | ({"PYTHONPATH": str(packages)} if packages else {})
    command = [sys.executable, str(HERE / "serve.py"), name, argument]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    ) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        try:
            yield server.pid, int(server.stdout.readline())
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def measure(servers: Sequence[tuple[str, str]], load: Load, packages: Path | None = None) -> Measure:
    """Start the servers, send the load to all of them, and return what was seen."""
    with ExitStack() as stack:
        running = [stack.enter_context(serving(name, argument, packages)) for name, argument in servers]
        before = sum(_processor_seconds(pid) for pid, _ in running)
        command = [sys.executable, str(HERE / "load.py"), str(load.requests), str(load.seconds)]
        command += [str(load.connections), str(load.status), *(str(port) for _, port in running)]
        done = subprocess.run(
            [*command, *(["--again"] if load.again else [])], check=True, stdout=subprocess.PIPE, timeout=120
        )
        found = json.loads(done.stdout)
        spent = sum(_processor_seconds(pid) for pid, _ in running) - before
    return Measure(found["rate"], found["p50"], found["p99"], spent / found["requests"] * 1_000_000)


def median(runs: Sequence[Measure]) -> Measure:
    """Return the medians of several runs."""
    rate, p50, p99, cpu = (
        statistics.median(getattr(run, name) for run in runs) for name in ("rate", "p50", "p99", "cpu")
    )
    return Measure(rate, p50, p99, cpu)


def show(title: str, runs: Mapping[str, Sequence[Measure]], compared_with: Sequence[str]) -> None:
    """Print the medians and how many times as many requests a second as others each took."""
    table = Table(title=title)
    for head in ("", "requests/s", "p50 ms", "p99 ms", "CPU µs", *(f"× {name}" for name in compared_with)):
        table.add_column(head, justify="right" if head else "left")
    medians = {name: median(found) for name, found in runs.items()}
    for name, found in medians.items():
        ratios = (f"{found.rate / medians[other].rate:.2f}" for other in compared_with)
        table.add_row(name, f"{found.rate:,.0f}", f"{found.p50:.1f}", f"{found.p99:.1f}", f"{found.cpu:,.0f}", *ratios)
    Console(width=120).print(table)


def _processor_seconds(pid: int) -> float:
    """Return how long a process and those that it started have had a processor (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(_processor_seconds(int(one)) for one in started)
