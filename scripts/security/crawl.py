"""Crawl and attack a recorder with Wapiti: ``.venv/bin/python scripts/security/crawl.py``.

As nobody, and as a member; fetched for this alone. Exit code 1 when it finds a weakness. Takes some minutes.
"""

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from service import Campaign, install_tool

from campaign.core.people.access import WayIn
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.ledger.database import Database
from campaign.store.roster.roster import read_roster

WAPITI = "wapiti3==3.1.8"
MODULES = "common,cookieflags,csp,http_headers,methods,xxe"
"""Without the one for tokens of forms, which knows them by the names that others give them."""
SECONDS = 60
PLAIN_HTTP = {
    "Unencrypted Channels",
    "Secure Flag cookie",
    "Strict Transport Security (HSTS)",
    "HTTP Strict Transport Security (HSTS)",
}
"""What is so because this trial has no nginx in front; behind it, scripts/security/observatory.py looks."""


def main() -> int:
    """Start a recorder and attack it twice."""
    failed = False
    with TemporaryDirectory() as name:
        folder = Path(name)
        tool = install_tool(folder / "tool", WAPITI, "wapiti", "greenlet")
        with Campaign(folder) as campaign:
            for who, header in (
                ("nobody", "X-Nobody: 1"),
                ("member", f"Cookie: campaign-reader={let_in(campaign.database)}"),
            ):
                report = folder / f"{who}.json"
                attack(tool, campaign.address, header, report)
                found = json.loads(report.read_text())
                weak = {kind: one for kind, one in found["vulnerabilities"].items() if one and kind not in PLAIN_HTTP}
                print(
                    f"{'FAILED' if weak else 'ok':8}{who}: {found['infos'].get('crawled_pages_nbr')} pages", flush=True
                )
                for kind, places in weak.items():
                    print(f"  {kind}: {[(one['method'], one['path'], one['info']) for one in places][:5]}")
                failed |= bool(weak)
            bugs = [line for line in campaign.log() if '"bug ' in line]
            print("\n".join(bugs) or "no bug in the log")
    return 1 if failed or bugs else 0


def let_in(url: str) -> str:
    """Open a session for a member and return its token."""
    with closing(Database(url)) as database, database.writing() as connection:
        member = next(iter(read_roster(connection).values()))
        session = Session(WayIn.SLIP_CODE, member_id=member.id)
        return open_session(connection, session, datetime.now(UTC), timedelta(hours=8))


def attack(tool: Path, address: str, header: str, report: Path) -> None:
    """Run Wapiti on every page that it finds, but for the ways out."""
    command = [str(tool), "-u", f"{address}/", "-s", f"{address}/vao", "-s", f"{address}/cua-toi", "-H", header]
    command += [
        "-x",
        f"{address}/ra",
        "-m",
        MODULES,
        "--flush-session",
        "--no-bugreport",
        "--store-session",
        str(report.parent),
    ]
    command += [
        "--max-scan-time",
        str(SECONDS),
        "--max-attack-time",
        "20",
        "--max-links-per-page",
        "20",
        "-S",
        "normal",
    ]
    subprocess.run([*command, "-d", "3", "-f", "json", "-o", str(report)], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
