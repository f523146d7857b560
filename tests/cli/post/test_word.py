"""Word documents brought in at the terminal."""

import json

from campaign.posts.content import read_content
from tests.rigs.editing import EditorsDesk
from tests.rigs.sites import UNITS
from tests.rigs.word_documents import docx, p, r
from tests.word.official.test_letterhead import BODY, ENDS, HEADS, TITLE
from tests.word.official.test_signature import LONG, recipients
from tests.word.reading.test_pictures import picture, with_picture

NOTICE = docx(HEADS["table of two rows"] + TITLE + BODY + ENDS["table of one row"])
FILE = "bai-dang/thong-bao-05-tb-skhcn.md"


def put(desk: EditorsDesk, data: bytes = NOTICE, name: str = "Thông báo.docx") -> str:
    (desk.folder / name).write_bytes(data)
    return name


def test_the_editor_confirms_what_was_found(desk: EditorsDesk) -> None:
    result = desk.run("post", "import", put(desk), typed="\n")

    assert result.exit_code == 0
    assert "05/TB-SKHCN" in result.stdout
    assert "Nguyễn Thị Hoà" in result.stdout
    post = read_content(desk.sample.content, UNITS).posts[0].post
    assert post.draft
    assert post.source_document is not None
    assert post.source_document.number == "05/TB-SKHCN"
    assert "**SỞ KHOA HỌC VÀ CÔNG NGHỆ**" in post.text


def test_the_editor_corrects_what_was_found(desk: EditorsDesk) -> None:
    corrected = [
        "n",
        "Kế hoạch",
        "07/KH-SKHCN",
        "31/02/2025",
        "06/11/2025",
        "-",
        "",
        "Trích yếu mới",
        "",
        "",
        "A; B",
        "y",
    ]

    result = desk.run("post", "import", put(desk), typed="\n".join(corrected) + "\n")

    assert result.exit_code == 0, result.output
    assert "Gõ ngày/tháng/năm có thật" in result.output
    source = read_content(desk.sample.content, UNITS).posts[0].post.source_document
    assert source is not None
    assert (source.kind, source.number, source.subject) == ("Kế hoạch", "07/KH-SKHCN", "Trích yếu mới")
    assert (source.superior, source.issuer, source.recipients) == (None, "SỞ KHOA HỌC VÀ CÔNG NGHỆ", ("A", "B"))


def test_an_imported_post_has_no_fault(desk: EditorsDesk) -> None:
    desk.done("post", "import", put(desk), "--yes")

    assert "không có lỗi" in desk.done("post", "check")


LAYOUTS = {
    **{f"letterhead, {name}": head + TITLE + BODY + ENDS["table of one row"] for name, head in HEADS.items()},
    **{f"signature, {name}": HEADS["tabs"] + TITLE + BODY + end for name, end in ENDS.items()},
    "an open line among the recipients": HEADS["tabs"]
    + TITLE
    + BODY
    + recipients("- ..............;", "- ;", "- Lưu: VT."),
    "a long recipient": HEADS["tabs"] + TITLE + BODY + recipients(f"- {LONG};", f"- {'Sở ' * 300};", "- Lưu: VT."),
    "nothing of an official document": p("Một bài viết."),
    "an empty document": p(""),
}


def test_what_is_imported_without_a_question_passes_every_check(desk: EditorsDesk) -> None:
    files = [
        put(desk, docx(body.replace("05/TB", f"{number}/TB")), f"Văn bản đến {number}.docx")
        for number, body in enumerate(LAYOUTS.values(), 10)
    ]

    assert desk.run("post", "import", *files, "--yes").exit_code == 0
    assert "không có lỗi" in desk.done("post", "check")
    assert len(read_content(desk.sample.content, UNITS).posts) == len(LAYOUTS)


def test_a_dry_run_writes_nothing(desk: EditorsDesk) -> None:
    assert "xem thử" in desk.done("post", "import", put(desk), "--dry-run")

    assert not (desk.sample.content / FILE).exists()


def test_several_documents_give_one_table_and_one_that_fails_stops_no_other(desk: EditorsDesk) -> None:
    broken = put(desk, b"PK", "hỏng.docx")

    result = desk.run("post", "import", broken, put(desk), "--yes")

    assert result.exit_code == 1
    assert "E-WORD-DAMAGED" in result.stdout
    assert "Xin lại tệp từ nơi gửi" in result.stderr
    assert (desk.sample.content / FILE).exists()


def test_json_tells_the_fields_and_the_words_kept(desk: EditorsDesk) -> None:
    told = json.loads(desk.done("post", "import", put(desk), "--json", "--lead-unit", UNITS[1]))

    assert told[0]["fields"]["issued_on"] == "2025-11-05"
    assert told[0]["kept_percent"] == 100
    assert told[0]["error"] is None


def test_an_existing_post_is_never_overwritten(desk: EditorsDesk) -> None:
    desk.done("post", "import", put(desk), "--yes")

    result = desk.run("post", "import", put(desk), "--yes")

    assert result.exit_code == 1
    assert "E-POST-EXISTS" in result.stdout


def test_documents_that_nothing_names_get_ids_of_their_own(desk: EditorsDesk) -> None:
    for name in ("d1.docx", "d2.docx"):
        desk.done("post", "import", put(desk, docx(p("Nội dung")), name), "--yes")

    assert {file.post.id for file in read_content(desk.sample.content, UNITS).posts} == {"van-ban", "van-ban-2"}


def test_one_id_cannot_serve_two_documents(desk: EditorsDesk) -> None:
    assert desk.run("post", "import", put(desk), put(desk, name="b.docx"), "--id", "a-b-c").exit_code == 2


def test_a_post_may_go_to_a_place_of_the_editors_choice(desk: EditorsDesk) -> None:
    desk.done("post", "import", put(desk, with_picture(picture("PNG"))), "--yes", "--output", "ra/bai.md")

    assert "](thong-bao/hinh-1.png)" in (desk.folder / "ra" / "bai.md").read_text(encoding="utf-8")
    assert (desk.folder / "ra" / "thong-bao" / "hinh-1.png").exists()
    assert not read_content(desk.sample.content, UNITS).posts


def test_a_file_at_that_place_is_never_overwritten(desk: EditorsDesk) -> None:
    (desk.folder / "bai.md").write_text("của tôi", encoding="utf-8")

    assert desk.run("post", "import", put(desk), "--yes", "--output", "bai.md").exit_code == 1
    assert (desk.folder / "bai.md").read_text(encoding="utf-8") == "của tôi"


def test_one_place_cannot_hold_two_documents(desk: EditorsDesk) -> None:
    assert desk.run("post", "import", put(desk), put(desk, name="b.docx"), "--output", "bai.md").exit_code == 2


def test_a_fault_names_no_line_of_a_file_that_was_not_written_and_is_the_same_in_json(desk: EditorsDesk) -> None:
    typed = desk.run("post", "import", put(desk), "--yes", "--lead-unit", "Phòng Lạ")
    told = json.loads(desk.run("post", "import", put(desk), "--json", "--lead-unit", "Phòng Lạ").stdout)

    assert typed.exit_code == 1
    assert "Thông báo.docx: khoá “lead_unit” có giá trị “Phòng Lạ”" in typed.stderr
    assert "dòng" not in typed.stderr
    assert told[0]["error"]["errors"][0]["problem"] in typed.stderr


def test_a_loss_is_refused_unless_it_is_accepted(desk: EditorsDesk) -> None:
    """Text where no text may stand is shown by no program, but the check finds it."""
    file = put(desk, docx(p("Một hai ba") + p("bốn", r("lạc chỗ "))))

    refused = desk.run("post", "import", file, "--yes")
    accepted = desk.run("post", "import", file, "--yes", "--accept-loss")

    assert "Bài chỉ giữ được 66,67% số từ" in refused.stderr
    assert "“lạc chỗ”" in refused.stderr
    assert accepted.exit_code == 0
