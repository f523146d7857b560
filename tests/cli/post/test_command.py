import json

import pytest

from campaign.core.post import Change, Post, Revision
from campaign.errors.posts import RevisionNeededError
from campaign.posts.archive import add_to_archive, read_archive
from campaign.posts.content import read_content
from campaign.settings import system_clock
from campaign.store.credentials.sessions import Reader
from campaign.store.ledger.ledger import appending
from campaign.store.posts.confirmations import Press, confirm
from campaign.store.posts.posts import publish_revision
from campaign.store.roster.roster import find_by_code
from tests.rigs.editing import EditorsDesk
from tests.rigs.ledger_steps import employ
from tests.rigs.sites import ASKS, UNITS


def keep(desk: EditorsDesk) -> tuple[Post, ...]:
    """Put what the content folder holds into the archive, as publishing does."""
    posts = tuple(file.post for file in read_content(desk.sample.content, UNITS).posts)
    add_to_archive(read_archive(desk.folder / "data/published"), posts, system_clock())
    return posts


def test_posts_without_faults_are_told_so(desk: EditorsDesk) -> None:
    desk.write()

    assert desk.done("post", "check") == "Đã kiểm 1 bài: không có lỗi, không có gì phải xem lại.\n"


def test_all_faults_are_told_at_once_each_with_its_place(desk: EditorsDesk) -> None:
    desk.write("# To quá\n\n![](a.png)\n\n- [x](khong-co.md)\n", draft="có")
    desk.write(
        "#### Nhảy\n\n[mục](b.md#khong)\n\n[mục](#nhay) [trang](/cua-toi) [ngoài](https://x.example/)\n",
        name="b",
        id="b-b",
    )

    told = desk.refused("post", "check")

    for piece in (
        "bai-dang/a.md, dòng 10, cột 8: khoá “draft”",
        "bai-dang/b.md, dòng 12, cột 6: mục “Nhảy” nhảy từ cấp 1 xuống cấp 4.",
        "bai-dang/b.md, dòng 14, cột 7: liên kết “b.md#khong” dẫn tới mục “#khong” không có trong bài.",
        "bai-dang/a.md, dòng 13, cột 3: mục “To quá”",
        "bai-dang/a.md, dòng 15, cột 5: hình “a.png”",
        "Có 7 lỗi cần sửa. Chưa có gì được đăng.",
    ):
        assert piece in told
    assert "/cua-toi" not in told


def test_links_and_pictures_are_checked(desk: EditorsDesk) -> None:
    desk.write("## Mục\n\n![](ảnh.png)\n![Sơ đồ](khong-co.png)\n\n[a](nhap.md), [b](../../ngoai.md)\n\n# Một\n")
    desk.write(name="nhap", id="ban-nhap", draft="true")
    desk.sample.write("bai-dang/ảnh.png", b"\x89PNG")

    told = desk.refused("post", "check")

    for piece in (
        "bai-dang/a.md, dòng 14, cột 5: hình “ảnh.png” chưa có lời mô tả",
        "dòng 15, cột 10: liên kết “khong-co.png” dẫn tới tệp không có.",
        "dòng 17, cột 5: liên kết “nhap.md” dẫn tới bài mà người đọc chưa thấy.",
        "liên kết “../../ngoai.md” dẫn ra ngoài thư mục nội dung.",
        "dòng 19, cột 3: mục “Một” ngang cấp với tên bài.",
    ):
        assert piece in told


def test_odd_dates_and_numbers_are_remarked_on_and_stop_nothing(desk: EditorsDesk) -> None:
    desk.write(
        confirmation="Tôi đã đọc.",
        deadline="{before: 03/09/2025}",
        source_document="{number: 485 TB, issuer: Sở, issued_on: 1/12/2025, subject: Việc}",
    )
    desk.write(name="b", id="bai-b", confirmation="Đã đọc.", deadline="{through: 02/01/2100}", expires="1/1/2099")

    told = desk.done("post", "check")

    for piece in (
        "hạn cuối 02/09/2025 đã qua",
        "hạn cuối 02/09/2025 trước cả ngày đăng",
        "hạn cuối 02/09/2025 rơi vào ngày nghỉ (Quốc khánh)",
        "số, ký hiệu “485 TB” khác mẫu thường gặp",
        "văn bản nguồn ban hành ngày 01/12/2025, sau ngày đăng bài",
        "hạn cuối 02/01/2100 rơi vào cuối tuần",
        "bài mời xác nhận mà chưa có toàn văn văn bản nguồn",
        "bài thôi hiện trước khi hết hạn (hạn cuối 02/01/2100)",
        "Đã kiểm 2 bài: không có lỗi, 9 chỗ nên xem lại.",
    ):
        assert piece in told


def test_a_usual_source_number_is_no_remark(desk: EditorsDesk) -> None:
    for number, place in enumerate(("485/TB-VPCP", "105/2025/NĐ-CP", "55/2024/QH15", "6246/UBND-NC", "45/SKHCN-VP")):
        source = f"{{number: {place}, issuer: Sở, subject: Việc}}"
        desk.write(name=f"b{number}", id=f"bai-{number}", source_document=source)

    assert "khác mẫu" not in desk.done("post", "check")


def test_text_in_combining_marks_is_remarked_on(desk: EditorsDesk) -> None:
    desk.write("Pho\N{COMBINING GRAVE ACCENT}ng.\n")

    assert "tệp gõ bằng dấu tổ hợp (NFD)" in desk.done("post", "check")


def test_units_are_compared_with_the_roster_when_there_is_one(desk: EditorsDesk) -> None:
    desk.write(audience="{units: [Phòng Chuyển đổi số]}", cooperating_units="[Phòng Chuyển đổi số]")
    desk.done("post", "check")
    enrol_an(desk)

    result = desk.run("post", "check")

    assert "“Phòng Chuyển đổi số” không có trong danh sách" in result.stdout
    assert "bài dành cho “Phòng Chuyển đổi số”, nhưng danh sách không có ai" in result.stderr
    assert "dòng 5, cột 20" in result.stderr


def enrol_an(desk: EditorsDesk) -> None:
    desk.done("init", "--title", "Đợt")
    employ(desk.database)
    desk.done("roster", "import", desk.roster("A-1,Nguyễn Văn An,Văn phòng,công chức,"), "--apply", "--by", "chi")


def test_a_changed_text_needs_one_of_two_choices(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    (post,) = keep(desk)
    enrol_an(desk)
    with appending(desk.database) as ledger:
        publish_revision(ledger, post.to_document(), system_clock())
        listed = find_by_code(ledger.connection, "A-1")
        confirm(ledger, Reader(listed, "slip_code"), Press("", post.id, 1, post.digest, system_clock()))
    desk.write("Khác.\n", **ASKS)

    told = desk.run("post", "check").stderr

    assert "bài “thong-bao-485” đã đổi" not in told
    assert "nội dung đã đổi so với phiên bản 1 đã đăng, mà vẫn mang số phiên bản 1" in told
    assert "number: 2, change: correction (đính chính" in told
    assert "mời mọi người đọc và xác nhận lại; 1 xác nhận đang có sẽ không còn tính)" in told
    assert RevisionNeededError.code in told


@pytest.mark.parametrize("change", ["correction", "replacement"])
def test_a_new_revision_may_be_published(desk: EditorsDesk, change: str) -> None:
    desk.write(**ASKS)
    keep(desk)
    desk.write("Khác.\n", revision=f"{{number: 2, change: {change}, note: Sửa.}}", **ASKS)

    desk.done("post", "check")


def test_a_number_does_not_go_back(desk: EditorsDesk) -> None:
    desk.write(revision="{number: 3, change: correction, note: Sửa.}")
    keep(desk)
    desk.write(revision="{number: 2, change: correction, note: Sửa.}")

    assert "mang số phiên bản 2, trong khi đã đăng đến phiên bản 3" in desk.refused("post", "check")


def test_a_check_as_json(desk: EditorsDesk) -> None:
    desk.write("[x](khong-co.md)\n", source_document="{number: 1, issuer: Sở, subject: Việc}")

    result = desk.run("post", "check", "--json")

    found = json.loads(result.stdout)
    assert (result.exit_code, found["posts"]) == (1, 1)
    assert [fault["code"] for fault in found["faults"]] == ["E-POST-LINK"]
    assert [(one["file"], one["line"]) for one in found["remarks"]] == [("bai-dang/a.md", 10)]


def test_a_check_that_fixes_writes_into_the_file_how_it_is_read(desk: EditorsDesk) -> None:
    desk.write("Gồm <mã>:\n- a\n- b\n")
    assert "Xem lại: bai-dang/a.md, dòng 12, cột 5: “<mã>”: không phải thẻ HTML" in desk.done("post", "check")

    told = desk.done("post", "check", "--fix")

    assert told.startswith("Đã viết lại bai-dang/a.md\n")
    assert told.endswith("Đã kiểm 1 bài: không có lỗi, không có gì phải xem lại.\n")
    assert "\n\nGồm &lt;mã>:\n\n- a\n- b\n" in (desk.sample.content / "bai-dang/a.md").read_text("utf-8")


def test_posts_are_listed_the_newest_first_with_what_readers_see(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    keep(desk)
    desk.write(name="b", id="bai-sau", title="Bài sau", publish_at="1/1/2100")
    desk.write(name="c", id="nhap", title="Nháp", publish_at="1/1/2024", draft="true")

    rows = json.loads(desk.done("post", "list", "--json"))
    shown = desk.done("post", "list")

    assert [row["id"] for row in rows] == ["bai-sau", "thong-bao-485", "nhap"]
    assert [row["hidden_because"] for row in rows] == ["sẽ đăng lúc 00:00:00 ngày 01/01/2100", "", "bản nháp"]
    assert (rows[1]["published_revisions"], rows[1]["last_day"]) == ([1], "2025-11-04")
    assert "1 (đã đăng 1)" in shown
    assert "04/11/2025" in shown


def test_a_new_post_is_a_draft_that_can_be_read(desk: EditorsDesk) -> None:
    typed = "Phòng máy: ai được vào?\nAi được vào, ai chịu trách nhiệm.\nVăn phòng\n05/11/2026\n"

    result = desk.run("post", "new", typed=typed)

    assert result.exit_code == 0, result.output
    assert "Đã tạo content/bai-dang/phong-may-ai-duoc-vao.md" in result.stdout
    (row,) = json.loads(desk.done("post", "list", "--json"))
    assert (row["id"], row["hidden_because"], row["last_day"]) == ("phong-may-ai-duoc-vao", "bản nháp", "2026-11-04")
    desk.done("post", "check")


def test_a_new_post_says_which_list_counts(desk: EditorsDesk) -> None:
    options = ("--title", "Phòng máy", "--summary", "Ba câu.", "--lead-unit", UNITS[0], "--before", "05/11/2026")

    desk.done("post", "new", *options)
    desk.done("post", "new", *options, "--roster", "fixed", "--id", "phong-may-2")

    folder = desk.sample.content / "bai-dang"
    assert "\nroster: following\n" in (folder / "phong-may.md").read_text("utf-8")
    assert "\nroster: fixed\n" in (folder / "phong-may-2.md").read_text("utf-8")


def test_a_list_that_is_fixed_on_nobody_or_by_a_revision_is_remarked_on(desk: EditorsDesk) -> None:
    desk.write(**ASKS)
    keep(desk)
    desk.done("init", "--title", "Đợt")
    desk.write(**ASKS, roster="fixed", revision="{number: 2, change: correction, note: Chốt danh sách.}")

    told = desk.done("post", "check")

    assert "bài chốt danh sách khi đăng mà chưa có danh sách nào" in told
    assert "phiên bản 1 tính theo danh sách hiện tại, phiên bản này tính theo danh sách chốt khi đăng bài" in told
    assert "[-hiện tại-] {+chốt khi đăng bài+}" in desk.done("post", "diff", "thong-bao-485")


def test_a_new_post_overwrites_nothing_and_must_be_possible(desk: EditorsDesk) -> None:
    desk.write(name="ten-khac", id="da-co")
    options = ("--title", "Đã có", "--summary", "Ba câu.", "--before", "")

    assert "Mã bài “da-co” đã có ở bai-dang/ten-khac.md." in desk.refused(
        "post", "new", *options, "--lead-unit", UNITS[0]
    )
    assert "khoá “lead_unit”" in desk.refused("post", "new", *options, "--lead-unit", "Phòng lạ", "--id", "moi-dang")
    assert not (desk.sample.content / "bai-dang/moi-dang.md").exists()


def test_a_difference_shows_what_readers_will_see(desk: EditorsDesk) -> None:
    desk.write("Họp lúc **8 giờ** sáng.\n\nGiữ nguyên.\n", **ASKS)
    assert "chưa đăng lần nào" in desk.done("post", "diff", "thong-bao-485")
    keep(desk)
    assert "không thấy gì khác so với phiên bản 1" in desk.done("post", "diff", "thong-bao-485")
    desk.write("Họp lúc **9 giờ** sáng.\n\nGiữ nguyên.\n", title="Tên mới", **ASKS)

    told = desk.done("post", "diff", "thong-bao-485")

    assert "Họp lúc [-8-] {+9+} giờ sáng." in told
    assert "Tiêu đề\n[-Thông báo 485/TB-VPCP-] {+Tên mới+}" in told
    assert "Giữ nguyên" not in told


def test_a_difference_of_an_unknown_post_is_refused(desk: EditorsDesk) -> None:
    assert "E-POST-FILE-UNKNOWN" in desk.refused("post", "diff", "khong-co")


def test_a_folder_without_campaign_is_told_so(desk: EditorsDesk) -> None:
    (desk.folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", "utf-8")

    assert "mục plugins chưa có campaign" in desk.refused("post", "check")


def test_looking_makes_no_database(desk: EditorsDesk) -> None:
    desk.write()
    desk.done("post", "check")

    assert not (desk.folder / "data").exists()


def test_a_post_keeps_its_change(desk: EditorsDesk) -> None:
    desk.write(revision="{number: 2, change: correction, note: Sửa.}")

    (post,) = keep(desk)

    assert read_archive(desk.folder / "data/published").load(post.id, 2).revision == Revision(
        2, Change.CORRECTION, "Sửa."
    )


def test_links_to_other_machines_are_followed_when_asked_for(desk: EditorsDesk) -> None:
    desk.write("[ngoài](http://127.0.0.1:9/)\n")

    assert "http://127.0.0.1:9/" not in desk.done("post", "check")
    result = desk.run("post", "check", "--links")

    assert result.stderr == "Đang mở thử 1 liên kết ra ngoài…\n"
    assert "liên kết “http://127.0.0.1:9/” không nối được." in result.stdout
    assert result.exit_code == 0
