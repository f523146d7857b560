from zipfile import ZipFile

from tests.rigs.editing import EditorsDesk
from tests.rigs.sites import ASKS, draw

SOURCE = "{number: 485/TB-VPCP, issuer: VPCP, issued_on: 15/9/2025, subject: Kết luận}"
TEXT = """\
## Việc cần làm

![Sơ đồ tầng 2](ảnh/sơ đồ.png) ![Sơ đồ tầng 3](../khác/sơ%20đồ.png) ![Ngoài](https://xa.example/a.png)

Xem [bài kia](b.md#muc), <a href="javascript:alert(1)" onclick="x()">bấm</a><script>alert(1)</script>.
"""


def read_export(desk: EditorsDesk) -> dict[str, bytes]:
    desk.done("post", "export", "thong-bao-485", "--to", "gói.zip")
    with ZipFile(desk.folder / "gói.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_all(desk: EditorsDesk) -> None:
    desk.write(TEXT, source_document=SOURCE, cooperating_units="[Phòng Chuyển đổi số]", **ASKS)
    desk.write(name="b", id="bai-b")
    desk.sample.write("bai-dang/ảnh/sơ đồ.png", draw("red"))
    desk.sample.write("khác/sơ đồ.png", draw("blue"))


def test_an_export_holds_clean_html_and_the_pictures(desk: EditorsDesk) -> None:
    write_all(desk)

    parts = read_export(desk)

    text = parts["noi-dung.html"].decode()
    assert [data for name, data in parts.items() if name.startswith("hinh/")] == [draw("blue"), draw("red")]
    assert 'src="hinh/s%C6%A1%20%C4%91%E1%BB%93.png"' in text
    assert 'src="hinh/2-s%C6%A1%20%C4%91%E1%BB%93.png"' in text
    assert 'href="https://tuyen-truyen.example/s%E1%BB%9F/bai-dang/b/#muc"' in text
    assert 'alt="Sơ đồ tầng 2"' in text
    for forbidden in ("script", "onclick", "xa.example", " id=", " class=", "<h1"):
        assert forbidden not in text


def test_an_export_holds_the_words_for_both_channels(desk: EditorsDesk) -> None:
    write_all(desk)

    parts = {name: data.decode() for name, data in read_export(desk).items() if name.endswith(".txt")}

    address = "https://tuyen-truyen.example/s%E1%BB%9F/bai-dang/a/"
    for name in ("trang-thong-tin-ngan.txt", "trang-thong-tin-dai.txt", "qlvb-ngan.txt", "qlvb-dai.txt"):
        assert address in parts[name]
    assert parts["qlvb-ngan.txt"] == (
        "Văn phòng đề nghị toàn thể công chức, viên chức, người lao động đọc bài “Thông báo 485/TB-VPCP” và xác nhận "
        "đã đọc trước ngày 05/11/2025 (hạn cuối: 24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)). "
        f"Đọc và xác nhận tại: {address}\n"
    )
    assert "Văn bản nguồn: Thông báo số 485/TB-VPCP ngày 15/9/2025 của VPCP, Kết luận." in parts["qlvb-dai.txt"]
    assert "Phối hợp: Phòng Chuyển đổi số." in parts["qlvb-dai.txt"]
    assert "Hạn cuối xác nhận đã đọc" in parts["trang-thong-tin-dai.txt"]


def test_a_post_that_asks_for_nothing_is_announced_without_a_deadline(desk: EditorsDesk) -> None:
    desk.write()

    parts = read_export(desk)

    assert "gửi toàn thể" in parts["qlvb-ngan.txt"].decode()
    assert "xác nhận" not in parts["qlvb-dai.txt"].decode()
    assert "Hạn cuối" not in parts["trang-thong-tin-dai.txt"].decode()


def test_the_same_post_gives_the_same_archive(desk: EditorsDesk) -> None:
    write_all(desk)
    read_export(desk)
    first = (desk.folder / "gói.zip").read_bytes()

    read_export(desk)

    assert (desk.folder / "gói.zip").read_bytes() == first


def test_an_unknown_post_is_not_exported(desk: EditorsDesk) -> None:
    desk.write()

    assert "E-POST-FILE-UNKNOWN" in desk.refused("post", "export", "khong-co")
