"""Measure the site's pages as readers get them: Lighthouse, weight, first paint on a slow line and machine.

Lighthouse comes from npm, for this alone; Chromium is the machine's. The recorder serves the pages.
"""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import requests
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table
from running import serving

from campaign.posts.manifest import MANIFEST_FILE
from campaign.publish.mkdocs.building import build_fresh
from campaign.settings import system_clock

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "home": "",
    "post": "bai-dang/thong-bao-485/",
    "list": "bai-dang/",
    "handbook": "huong-dan/van-phong/",
    "search": "tim-kiem/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ROUNDS = 3
SLOW_LINE = {"offline": False, "latency": 40, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
"""1 Mbit/s both ways, as Chromium's protocol takes it."""
SLOWER_BY = 4
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit on a slow line and machine showed.

    Attributes:
        paint: Milliseconds until the first text is seen.
        bytes: What went over the line for the page and all that it loads.
        elsewhere: Requests to another origin.
    """

    paint: float
    bytes: int
    elsewhere: int


def main() -> None:
    """Measure each page in three rounds and print the medians."""
    chromium = shutil.which("chromium")
    assert chromium is not None  # noqa: S101 - nothing can be measured without
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, "lighthouse"], check=True)
        with serving("our-site", str(folder / "site")) as (_, port), sync_playwright() as playwright:
            home = f"http://127.0.0.1:{port}/"
            publish(folder / "site", home)
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            show(
                {
                    name: (examine(folder, chromium, home + path), visit_often(browser, home + path))
                    for name, path in PAGES.items()
                }
            )
            browser.close()


def publish(site: Path, home: str) -> None:
    """Build the site for *home*, and wait until the recorder serves it."""
    os.environ["CAMPAIGN_SITE_URL"] = home
    build_fresh(ROOT / "mkdocs.yml", site, system_clock).show()
    until = time.monotonic() + 20
    while requests.get(home + MANIFEST_FILE, timeout=5).status_code != requests.codes.ok:
        assert time.monotonic() < until  # noqa: S101 - a recorder that does not serve is nothing to measure
        time.sleep(0.1)


def examine(folder: Path, chromium: str, address: str) -> Mapping[str, float]:
    """Return the medians of Lighthouse's scores for a phone."""
    program, report = folder / "node_modules/.bin/lighthouse", folder / "report.json"
    options = ["--quiet", "--output=json", f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox"]
    runs = []
    for _ in range(ROUNDS):
        environment = os.environ | {"CHROME_PATH": chromium}
        subprocess.run([program, address, *options], check=True, env=environment, stdout=subprocess.DEVNULL)
        runs.append(json.loads(report.read_text(encoding="utf-8"))["categories"])
    return {name: statistics.median(100 * run[name]["score"] for run in runs) for name in CATEGORIES}


def visit_often(browser: Browser, address: str) -> Visit:
    """Return the medians of several first visits."""
    visits = [visit(browser, address) for _ in range(ROUNDS)]
    paint = statistics.median(one.paint for one in visits)
    return Visit(paint, max(one.bytes for one in visits), max(one.elsewhere for one in visits))


def visit(browser: Browser, address: str) -> Visit:
    """Open a page for the first time at 1 Mbit/s and a quarter of the processor."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[int] = []
    elsewhere: list[str] = []
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.on("request", lambda request: elsewhere.extend([request.url] * (not request.url.startswith(address[:20]))))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_BY})
    page.goto(address, wait_until="networkidle")
    seen = Visit(page.evaluate(FIRST_PAINT), sum(received), len(elsewhere))
    context.close()
    return seen


def show(found: Mapping[str, tuple[Mapping[str, float], Visit]]) -> None:
    """Print a line a page."""
    table = Table(title=f"The site's pages, medians of {ROUNDS} rounds; first paint at 1 Mbit/s and CPU / {SLOWER_BY}")
    for head in ("page", *CATEGORIES, "first paint ms", "kB", "elsewhere"):
        table.add_column(head, justify="left" if head == "page" else "right")
    for name, (scores, seen) in found.items():
        figures = [f"{scores[category]:.0f}" for category in CATEGORIES]
        table.add_row(name, *figures, f"{seen.paint:.0f}", f"{seen.bytes / 1000:.1f}", str(seen.elsewhere))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
