"""Measure the site's search in a browser: ``python scripts/bench/search.py --posts 5000``.

A new browser opens the search page with a question in its address; what it loads and when the first result stands there
is measured, on the machine as it is and with a quarter of its processor at 1 Mbit/s.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from build import prepare_ours
from corpus import make_posts
from pages import ROUNDS, SLOW_LINE, SLOWER_BY
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table
from running import serving

from campaign.publish.mkdocs.building import build_fresh
from campaign.settings import system_clock

QUESTIONS = ("phong chay", "PHÒNG CHÁY", "dien", "điện", "bài 777", "cau thang bo")


def main() -> None:
    """Build the posts, ask each question in new browsers and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    count = parser.parse_args().posts
    table = Table(title=f"First result at {count:,} posts, medians of {ROUNDS} rounds")
    for head in ("question", "pages found", "first result s", f"at 1 Mbit/s, CPU / {SLOWER_BY} s", "kB"):
        table.add_column(head, justify="left" if head == "question" else "right")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        place = Path(name)
        prepare_ours(place, list(make_posts(count)))
        build_fresh(place / "mkdocs.yml", place / "site", system_clock).show()
        with serving("our-site", str(place / "site")) as (_, port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for question in QUESTIONS:
                address = f"http://127.0.0.1:{port}/tim-kiem/?q={quote(question)}"
                fast = [ask(browser, address, slow=False) for _ in range(ROUNDS)]
                slow = [ask(browser, address, slow=True) for _ in range(ROUNDS)]
                seconds = [statistics.median(one["seconds"] for one in runs) for runs in (fast, slow)]
                kilobytes = statistics.median(one["bytes"] for one in slow) / 1000
                figures = [f"{fast[0]['found']:.0f}", *(f"{one:.2f}" for one in seconds), f"{kilobytes:.0f}"]
                table.add_row(question, *figures)
            browser.close()
    Console(width=120).print(table)


def ask(browser: Browser, address: str, *, slow: bool) -> Mapping[str, float]:
    """Ask once in a browser that has nothing yet; return seconds, bytes and the number of pages found."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_LINE)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_BY})
    page.goto(address)
    page.locator(".c-results li").first.wait_for(timeout=120_000)
    milliseconds: float = page.evaluate("performance.now()")
    said = page.get_by_role("status").inner_text()
    context.close()
    found = next((word for word in said.split() if word.isdecimal()), "0")
    return {"seconds": milliseconds / 1000, "bytes": sum(received), "found": int(found)}


if __name__ == "__main__":
    main()
