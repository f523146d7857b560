"""Measure how many static pages are sent a second, beside Starlette's StaticFiles with its GZipMiddleware."""

import tempfile
from pathlib import Path

from running import Load, Measure, measure, show

ROUNDS = 3
OURS, USUAL = "table in memory", "StaticFiles + gzip"
PAGE = "".join(f"<p>Đoạn {number}: kiểm tra ổ điện trước khi về.</p>\n" for number in range(650))
REQUEST = b"GET /bai-dang/ HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\n\r\n"


def main() -> None:
    """Measure a page of 36 KB over 16 connections."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        site, requests = Path(name) / "site", Path(name) / "requests"
        (site / "bai-dang").mkdir(parents=True)
        (site / "bai-dang/index.html").write_text(PAGE, "utf-8")
        requests.write_bytes(REQUEST)
        load = Load(requests, 3, 16, 200, again=True)
        runs: dict[str, list[Measure]] = {OURS: [], USUAL: []}
        for _ in range(ROUNDS):
            runs[OURS].append(measure([("our-site", str(site))], load))
            runs[USUAL].append(measure([("usual-site", str(site))], load))
    show(f"A page of {len(PAGE.encode()) // 1024} KB, 16 connections, medians of {ROUNDS} rounds", runs, (USUAL,))


if __name__ == "__main__":
    main()
