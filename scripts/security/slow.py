"""Attack a recorder with slow clients while others use it: ``.venv/bin/python scripts/security/slow.py``.

Needs Debian's slowhttptest. For each kind of attack, 500 connections: the slowest of the ordinary requests meanwhile
must have taken less than a second, and the log have less than 1,000 lines. Exit code 1 when not. Takes two minutes.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from service import Campaign

CONNECTIONS = "500"
SECONDS = "30"
ATTACKS = {
    "headers that never end": ["-H", "-i", "3"],
    "bodies that never end": ["-B", "-i", "3", "-s", "16000", "-t", "POST", "-u", "/vao"],
    "answers that are not read": ["-X", "-w", "16", "-y", "64", "-n", "5", "-z", "8", "-u", "/site.bin"],
}
SLOWEST_SECONDS = 1.0
LOG_LINES = 1_000


def main() -> int:
    """Run every attack against a recorder of its own."""
    failed = False
    for name, options in ATTACKS.items():
        with TemporaryDirectory() as folder, Campaign(Path(folder)) as campaign:
            took = attack(campaign, options)
            lines = len(campaign.log()) - len(took)
        is_good = max(took) < SLOWEST_SECONDS and lines < LOG_LINES
        print(
            f"{'ok' if is_good else 'FAILED':8}{name:28}{len(took):4} ordinary requests, slowest {max(took):.3f} s; "
            f"{lines} lines of log for the attack",
            flush=True,
        )
        failed |= not is_good
    return 1 if failed else 0


def attack(campaign: Campaign, options: list[str]) -> list[float]:
    """Attack for as long as slowhttptest does; return how many seconds each ordinary request took meanwhile."""
    path = options[options.index("-u") + 1] if "-u" in options else "/vao"
    rest = [one for one in options if one not in {"-u", path}]
    command = [
        "slowhttptest",
        "-c",
        CONNECTIONS,
        "-r",
        "200",
        "-l",
        SECONDS,
        "-p",
        "2",
        *rest,
        "-u",
        campaign.address + path,
    ]
    took = []
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as attacker:
        while attacker.poll() is None:
            start = time.monotonic()
            answer = requests.get(f"{campaign.address}/vao", timeout=30)
            took.append(time.monotonic() - start)
            answer.raise_for_status()
            time.sleep(0.1)
    return took


if __name__ == "__main__":
    sys.exit(main())
