"""The static pages: whole, compressed, answered from memory."""

import gzip
import shutil
from hashlib import sha256

import pytest

from campaign.record.server import static
from tests.rigs.recorder import FOR_OFFICE, NOTICE, Desk, Visitor, build_site, open_desk

PAGE = "<h1>Phòng cháy</h1>" * 100


@pytest.fixture
def reader(desk: Desk) -> Visitor:
    folder = desk.recorder.site.folder
    (folder / "bai-dang").mkdir()
    (folder / "bai-dang/index.html").write_text(PAGE, "utf-8")
    (folder / "a.woff2").write_bytes(bytes(1000))
    desk.publish(NOTICE, FOR_OFFICE)
    return desk.visitor()


def test_a_page_is_sent_compressed_to_who_takes_it(reader: Visitor) -> None:
    with reader.http.stream("GET", "/bai-dang/", headers={"Accept-Encoding": "br, gzip;q=0.5"}) as answer:
        raw = b"".join(answer.iter_raw())

    assert gzip.decompress(raw).decode() == PAGE
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert answer.headers["content-length"] == str(len(raw))


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip; q=0.0", "br"])
def test_a_page_is_sent_plain_to_who_does_not(reader: Visitor, accepted: str) -> None:
    answer = reader.http.get("/bai-dang/", headers={"Accept-Encoding": accepted})

    assert "content-encoding" not in answer.headers
    assert (answer.text, answer.headers["content-type"]) == (PAGE, "text/html; charset=utf-8")
    assert answer.headers["etag"] == f'"{sha256(PAGE.encode()).hexdigest()}"'


def test_a_page_is_sent_as_the_build_compressed_it_unless_that_is_another(desk: Desk) -> None:
    folder, marked = desk.recorder.site.folder, gzip.compress(PAGE.encode(), compresslevel=1, mtime=7)
    for name, body in (("a", PAGE), ("b", PAGE.replace("cháy", "CHÁY"))):
        (folder / f"{name}.html").write_text(body, "utf-8")
        (folder / f"{name}.html.gz").write_bytes(marked)
    desk.publish(NOTICE, FOR_OFFICE)

    sent = {}
    for name in "ab":
        with desk.visitor().http.stream("GET", f"/{name}.html", headers={"Accept-Encoding": "gzip"}) as answer:
            sent[name] = b"".join(answer.iter_raw())
    assert sent["a"] == marked
    assert "CHÁY" in gzip.decompress(sent["b"]).decode()
    assert desk.visitor().get("/a.html.gz").status_code == 404


def test_two_forms_of_a_page_have_two_tags(reader: Visitor) -> None:
    tags = {reader.http.get("/bai-dang/", headers={"Accept-Encoding": way}).headers["etag"] for way in ("", "gzip")}

    assert len(tags) == 2


@pytest.mark.parametrize("tags", ["{}", "W/{}", '"x", {}', "*"])
def test_a_page_that_the_browser_has_is_not_sent_again(reader: Visitor, tags: str) -> None:
    etag = reader.get("/bai-dang/").headers["etag"]

    answer = reader.http.get("/bai-dang/", headers={"If-None-Match": tags.format(etag)})

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert not {"content-length", "content-type", "content-encoding"} & set(answer.headers)
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_file_in_a_folder_named_by_its_content_is_kept_for_good(desk: Desk) -> None:
    theme = "assets/484c7ddc484c7ddc"
    names = {f"{theme}/site.js": True, "assets/site.js": False, "assets/20251104/a.css": False, "index.html": False}
    (desk.recorder.site.folder / theme).mkdir(parents=True)
    (desk.recorder.site.folder / "assets/20251104").mkdir()
    for name in names:
        (desk.recorder.site.folder / name).write_text("a{}" * 400, "utf-8")
    desk.publish(NOTICE, FOR_OFFICE)

    kept = {name: "immutable" in desk.visitor().get(f"/{name}").headers["cache-control"] for name in names}

    assert kept == names


def test_another_tag_gets_the_page(reader: Visitor) -> None:
    assert reader.http.get("/bai-dang/", headers={"If-None-Match": '"x"'}).status_code == 200


def test_head_tells_what_get_sends(reader: Visitor) -> None:
    got, told = reader.get("/bai-dang/"), reader.http.head("/bai-dang/")

    assert (told.content, told.headers) == (b"", got.headers)


def test_a_folder_without_its_slash_leads_to_it(reader: Visitor) -> None:
    answer = reader.get("/bai-dang?tim=a")

    assert (answer.status_code, answer.headers["location"]) == (307, "/bai-dang/?tim=a")


def test_what_does_not_shrink_is_not_compressed(reader: Visitor) -> None:
    answer = reader.get("/a.woff2")

    assert ("content-encoding" in answer.headers, answer.headers["content-type"]) == (False, "font/woff2")


def test_pages_are_served_while_the_site_is_away(desk: Desk, reader: Visitor) -> None:
    shutil.rmtree(desk.recorder.site.folder)
    desk.watch.look()

    assert reader.get("/bai-dang/").text == PAGE


def test_nothing_of_a_new_site_is_served_before_its_manifest(desk: Desk, reader: Visitor) -> None:
    folder = desk.recorder.site.folder
    (folder / "bai-dang/index.html").write_text("mới", "utf-8")
    desk.watch.look()
    before = reader.get("/bai-dang/").text

    build_site(folder, NOTICE, FOR_OFFICE)
    desk.watch.look()

    assert (before, reader.get("/bai-dang/").text) == (PAGE, "mới")


def test_a_page_that_is_gone_from_the_site_is_gone(desk: Desk, reader: Visitor) -> None:
    (desk.recorder.site.folder / "bai-dang/index.html").unlink()
    desk.publish(NOTICE, FOR_OFFICE)

    assert reader.get("/bai-dang/").status_code == 404


def test_a_page_of_the_site_does_not_stand_in_the_way_of_ours(desk: Desk) -> None:
    folder = desk.recorder.site.folder
    (folder / "cua-toi").write_text("giả", "utf-8")
    desk.publish(NOTICE, FOR_OFFICE)

    assert desk.visitor().get("/cua-toi").headers["location"] == "/vao?tiep=%2Fcua-toi"


def test_a_large_file_is_sent_from_the_disk(desk: Desk) -> None:
    body = bytes(static.IN_MEMORY_UP_TO_BYTES + 1)
    (desk.recorder.site.folder / "lớn.docx").write_bytes(body)
    desk.publish(NOTICE, FOR_OFFICE)

    assert desk.visitor().get("/lớn.docx").content == body


def test_a_site_without_a_page_for_what_is_missing_has_ours(desk: Desk) -> None:
    (desk.recorder.site.folder / "404.html").unlink()
    (desk.recorder.site.folder / "manifest.json").touch()
    desk.watch.look()

    assert "E-NOT-FOUND" in desk.visitor().get("/khong-co").text


def test_pages_are_served_without_a_database(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("x")
    lost = open_desk(folder, f"sqlite:///{folder}")

    answer = lost.visitor().get("/")

    lost.close()
    assert (answer.status_code, answer.text) == (200, "<h1>Trang chủ</h1>")
