"""The search as a reader uses it: what is typed, in a browser, and which page comes first."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campaign.publish.site.search_index import SearchPage, weigh, write_search_index
from tests.rigs.serving import serve
from tests.rigs.sites import SampleSite, post_source

POSTS = {
    "thong-bao": ("Thông báo số 485/TB-VPCP", "Kết luận tại diễn đàn ngày 14/08/2025 ở Sài Gòn.\n"),
    "phong-chay": ("Phòng cháy nơi công sở", "## Bình chữa cháy\n\nGọi 114, rồi dùng bình bột.\n"),
    "dien": ("Dùng điện an toàn", "Rút phích cắm khi ra về; sạc xe điện ngoài hành lang.\n"),
    "van-hoa": ("Văn hoá phòng ngừa", "Văn hóa là nếp sống. Hoá chất để riêng, thuỷ tinh vỡ bọc giấy.\n"),
    "nghi-dinh": ("Nghị định 105/2025/NĐ-CP", "Có hiệu lực từ ngày 01/7/2025, thay Nghị định 136/2020/NĐ-CP.\n"),
    "doi": ("Đội PCCC và CNCH cơ quan", "Đội có 10 đội viên. Đặng Thị Bình làm đội trưởng.\n"),
    "chay-bo": ("Giải chạy bộ của Sở", "Chạy 5 km quanh hồ, đăng ký ở phòng Tổ chức.\n"),
}

QUERIES = {
    # without marks
    "phong chay": "phong-chay",
    "thong bao": "thong-bao",
    "dien": "dien",
    "van hoa": "van-hoa",
    "nghi dinh": "nghi-dinh",
    "doi": "doi",
    "dang thi binh": "doi",
    "binh chua chay": "phong-chay",
    "sai gon": "thong-bao",
    # with marks
    "phòng cháy": "phong-chay",
    "điện": "dien",
    "diễn đàn": "thong-bao",
    "chạy": "chay-bo",
    "đội": "doi",
    "Đặng": "doi",
    # capitals
    "PHÒNG CHÁY": "phong-chay",
    "PHONG CHAY": "phong-chay",
    "ĐIỆN": "dien",
    "ÐIỆN": "dien",
    # decomposed, as macOS types it
    unicodedata.normalize("NFD", "phòng cháy"): "phong-chay",
    unicodedata.normalize("NFD", "Điện"): "dien",
    unicodedata.normalize("NFD", "hóa chất"): "van-hoa",
    # the two places of a tone
    "văn hoá": "van-hoa",
    "văn hóa": "van-hoa",
    "hóa chất": "van-hoa",
    "thủy tinh": "van-hoa",
    "thuỷ tinh": "van-hoa",
    # numbers of documents
    "485/TB-VPCP": "thong-bao",
    "485": "thong-bao",
    "105/2025/nđ-cp": "nghi-dinh",
    "01/7/2025": "nghi-dinh",
    "114": "phong-chay",
    # half typed, in another order
    "thong ba": "thong-bao",
    "chất hoá": "van-hoa",
}


TONES = ["", *(unicodedata.lookup(f"COMBINING {name}") for name in ("GRAVE ACCENT", "HOOK ABOVE", "TILDE"))]
TONES += [unicodedata.lookup(f"COMBINING {name}") for name in ("ACUTE ACCENT", "DOT BELOW")]
WORDS = [
    form
    for letter in ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
    for tone in TONES
    for word in (f"đ{letter}{tone}", f"ho{letter}{tone}", f"{letter}{tone}n2".upper(), f"Ð{letter}{tone}", f"ɖ{letter}{tone}")
    for form in (unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word))
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    sample = SampleSite(tmp_path_factory.mktemp("search"))
    sample.site_url = "http://127.0.0.1/"
    for name, (title, text) in POSTS.items():
        sample.write(f"bai-dang/{name}.md", post_source(text, id=name, title=title, summary="Mời đọc."))
    with serve(sample.build()) as address:
        yield address


@pytest.fixture
def search(page: Page, served: str) -> Page:
    page.goto(f"{served}tim-kiem/")
    return page


def test_every_query_finds_its_page_first(search: Page) -> None:
    assert len(QUERIES) == 34
    first = {}
    for query, name in QUERIES.items():
        search.get_by_label("Từ cần tìm").fill(query)
        expect(search.get_by_role("status")).to_contain_text(f"“{query}”")
        address = search.locator(".c-results a").first.get_attribute("href") or ""
        first[query] = (address.partition("/bai-dang/")[2].partition("/")[0], name)

    assert {query: pair for query, pair in first.items() if pair[0] != pair[1]} == {}


def test_the_browser_takes_words_as_the_index_has_them(search: Page) -> None:
    taken = search.evaluate("words => words.map(word => readWords(word).map(each => [each.folded, each.spelling]))", WORDS)

    wanted = [[line.split(" ")[:2] for line in weigh("", "", word).splitlines()] for word in WORDS]
    assert len(WORDS) == 720
    assert taken == wanted


def test_marks_typed_are_marks_wanted(search: Page) -> None:
    search.get_by_label("Từ cần tìm").fill("diễn")

    expect(search.get_by_role("status")).to_have_text("1 trang có “diễn”.")


def test_the_box_on_every_page_leads_to_the_answer_with_its_heading(page: Page, served: str) -> None:
    page.goto(f"{served}bai-dang/dien/")
    page.get_by_placeholder("Tìm").fill("binh bot")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text("1 trang có “binh bot”.")
    expect(page.locator("mark")).to_have_text(["bình", "bột"])
    page.get_by_role("link", name="Phòng cháy nơi công sở").click()
    expect(page).to_have_url(f"{served}bai-dang/phong-chay/#binh-chua-chay")


def test_what_is_nowhere_is_said_kindly_and_as_text(search: Page) -> None:
    search.get_by_label("Từ cần tìm").fill("<xyz> qwerty")

    expect(search.get_by_role("status")).to_have_text(
        "Không có trang nào có “<xyz> qwerty”. Thử bớt từ hoặc viết cách khác."
    )


def test_when_no_page_has_all_words_those_with_some_are_shown(search: Page) -> None:
    search.get_by_label("Từ cần tìm").fill("thuỷ tinh qwerty")

    expect(search.get_by_role("status")).to_have_text("Không trang nào có đủ các từ; 1 trang có một phần.")


def test_the_pages_ask_for_the_index_only_when_there_is_a_question(page: Page, served: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))

    page.goto(served, wait_until="networkidle")
    page.goto(f"{served}tim-kiem/", wait_until="networkidle")

    assert [url for url in asked if url.startswith("search/")] == []


def test_a_large_index_is_asked_for_in_small_parts(tmp_path: Path) -> None:
    text = " ".join(f"tha{n % 40}o thi{n} t" for n in range(200))
    pages = [SearchPage(f"p{number}/", f"Bài {number}", weigh(f"Bài {number}", "", text)) for number in range(300)]

    write_search_index(tmp_path, pages)

    held: dict[str, str] = {}
    shards = json.loads((tmp_path / "search/pages.json").read_text())["shards"]
    for name in shards:
        words = json.loads((tmp_path / f"search/w-{name}.json").read_text())
        held |= dict.fromkeys(words, name)
    assert len(shards) > 20
    assert held["tha1o"] != held["thi1"]
    assert all(word.startswith(name) for word, name in held.items())
    assert max((tmp_path / f"search/w-{name}.json").stat().st_size for name in shards) < 120_000


def test_the_index_is_the_same_whatever_the_order_of_the_pages(tmp_path: Path) -> None:
    pages = [SearchPage(f"{name}/", name, weigh(name, "", "một hai")) for name in "abc"]

    for folder, some in (("a", pages), ("b", pages[::-1])):
        (tmp_path / folder).mkdir()
        write_search_index(tmp_path / folder, some)

    files = sorted(file.name for file in (tmp_path / "a/search").iterdir())
    assert "w-m.json" in files
    assert all((tmp_path / "a/search" / f).read_bytes() == (tmp_path / "b/search" / f).read_bytes() for f in files)


def test_words_of_other_letters_are_kept_together(tmp_path: Path) -> None:
    write_search_index(tmp_path, [SearchPage("a/", "A", weigh("", "", "日本 ελλάδα søren"))])

    held = {file.name: sorted(json.loads(file.read_text("utf-8"))) for file in (tmp_path / "search").glob("w-*")}
    assert held == {"w-_.json": ["ελλαδα", "日本"], "w-s.json": ["søren"]}
