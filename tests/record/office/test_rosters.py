"""The Office's pages of the roster."""

import html
import io
import re

import pytest
from httpx2 import Response
from openpyxl import Workbook

from campaign.core.ledger.erasure import ErasureReason
from campaign.errors.roster import RosterErasedError
from campaign.store.base.units import read_units
from campaign.store.figures.privacy import ErasedBy, erase_everyone
from campaign.store.ledger.ledger import appending
from campaign.store.roster.roster import read_roster
from campaign.store.roster.words import read_words
from tests.rigs.builders import CENTRE, OFFICE
from tests.rigs.recorder import Desk, Visitor
from tests.rigs.workbooks import far_cells

PAGE = "/van-phong/danh-sach"
PREVIEW = f"{PAGE}/xem-truoc"
HEAD = "Mã,Họ và tên,Đơn vị,Loại"
KEPT = [
    f"SKHCN-001,Nguyễn Văn An,{OFFICE},công chức",
    f"SKHCN-002,Lò Thị Bình,{CENTRE},viên chức",
    f"SKHCN-003,Đặng Thị Ánh,{OFFICE},công chức",
]
EMPTY_OPTIONS = ("không có", "chưa rõ", "chưa chọn", "là đơn vị mới")
NEW = f"SKHCN-009,Quàng Văn Xuân,{OFFICE},công chức"


@pytest.fixture
def chi(desk: Desk) -> Visitor:
    """Chi, who works in the office."""
    return desk.office()


def listed(desk: Desk) -> list[str]:
    with desk.database.reading() as connection:
        return list(read_roster(connection))


def hand_in(visitor: Visitor, *lines: str, name: str = "danh sách.csv", content: bytes | None = None) -> Response:
    body = "\n".join([HEAD, *lines]).encode() if content is None else content
    response: Response = visitor.http.post(
        PAGE,
        data={"form_token": visitor.hidden(PAGE)["form_token"]},
        files={"file": (name, body)},
        headers={"Origin": visitor.address},
    )
    return response


def apply(visitor: Visitor) -> Response:
    """Apply the list that waits as someone does who has looked at everything and types the number that is asked."""
    asked = re.search(r"Nhập số (\d+)", visitor.get(PREVIEW).text)
    return visitor.submit(PREVIEW, seen="1", drop="", people=asked[1] if asked else "")


def choose(visitor: Visitor, **fields: str) -> Response:
    """Send the form of how to read the list, as the page has it but for *fields*."""
    form = visitor.get(PREVIEW).text.split('id="cach-doc" method')[1].split("</form>")[0]
    shown = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        values = re.findall(r'<option(?: value="([^"]*)")?( selected)?>([^<]*)<', options)
        chosen = next((found for found in values if found[1]), values[0])
        shown[name] = html.unescape(chosen[0] or ("" if chosen[2] in EMPTY_OPTIONS else chosen[2]))
    shown |= dict.fromkeys(re.findall(r'type="checkbox" id="[^"]+" name="([^"]+)" value="1" checked', form), "1")
    return visitor.send(f"{PREVIEW}/cach-doc", shown | fields)


def test_a_list_is_looked_at_and_then_applied(desk: Desk, chi: Visitor) -> None:
    answer = hand_in(chi, *KEPT, f"SKHCN-004,Vừ A Hồng,{CENTRE},người lao động", NEW)
    before = listed(desk)
    preview = chi.get(PREVIEW).text

    applied = apply(chi)

    assert (answer.status_code, answer.headers["location"]) == (303, PREVIEW)
    assert "Thêm 1, chuyển 0, sửa 0, bớt 0, giữ nguyên 4 người" in preview
    assert "Quàng Văn Xuân" in preview
    assert before == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004"]
    assert (applied.status_code, applied.headers["location"]) == (303, PAGE)
    assert listed(desk) == [*before, "SKHCN-009"]
    assert "chi · từ tệp" in chi.get(PAGE).text
    assert chi.get(PREVIEW).status_code == 303


def test_an_excel_file_is_taken(desk: Desk, chi: Visitor) -> None:
    book, file = Workbook(), io.BytesIO()
    for line in (HEAD, *KEPT, f"SKHCN-004,Vừ A Hồng,{CENTRE},người lao động", NEW):
        book.worksheets[0].append(line.split(","))
    book.save(file)

    hand_in(chi, name="ds.xlsx", content=file.getvalue())
    apply(chi)

    assert "SKHCN-009" in listed(desk)


def test_all_faults_are_shown_and_nothing_waits(chi: Visitor) -> None:
    answer = hand_in(chi, *KEPT, ",Không Mã,Văn phòng,công chức", f"SKHCN-001,Trùng,{OFFICE},lạ")

    assert answer.status_code == 400
    assert "dòng 5, cột “Mã”: ô đang trống." in answer.text
    assert "dòng 6: mã “SKHCN-001” đã có ở dòng 2." in answer.text
    assert "Có 3 lỗi cần sửa" in answer.text
    assert chi.get(PREVIEW).status_code == 303


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF"), ("a.csv", b""), ("a.xlsx", b"PK"), ("b.csv", "Mã,CCCD\n1,2".encode())]
)
def test_what_is_no_list_is_refused(chi: Visitor, name: str, content: bytes) -> None:
    assert hand_in(chi, name=name, content=content).status_code == 400


def test_doubts_must_be_seen(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, KEPT[0])
    preview = chi.get(PREVIEW).text

    unseen = chi.submit(PREVIEW, drop="")
    between = listed(desk)
    apply(chi)

    assert "3 trên 4 người trong danh sách vắng ở tệp này." in preview
    assert (unseen.status_code, len(between)) == (400, 4)
    assert listed(desk) == ["SKHCN-001"]


def test_another_file_than_the_one_looked_at_is_not_applied(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    fields = chi.hidden(PREVIEW)
    hand_in(chi, *KEPT)

    answer = chi.send(PREVIEW, fields | {"seen": "1"} | {"drop": ""})

    assert (answer.status_code, "không còn chờ" in answer.text) == (400, True)
    assert len(listed(desk)) == 4


def test_a_file_is_forgotten(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    token = chi.hidden(PREVIEW)["form_token"]

    chi.send(PREVIEW, {"form_token": token, "drop": "1"})

    assert chi.get(PREVIEW).status_code == 303
    assert desk.everything()["waiting_file"] == []


def test_a_change_is_undone_with_a_reason(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    apply(chi)
    found = re.search(r'name="sequence" value="(\d+)"', chi.get(PAGE).text)
    assert found is not None

    nameless = chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="")
    chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="Nhập nhầm tệp")

    assert (nameless.status_code, "Chưa có lý do" in nameless.text) == (400, True)
    assert listed(desk) == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004"]
    assert f"hoàn tác dòng ghi {found[1]}" in chi.get(PAGE).text


def test_who_joined_and_who_left_change_places_again(desk: Desk, chi: Visitor) -> None:
    before = listed(desk)
    hand_in(chi, *KEPT, NEW)
    apply(chi)
    between = listed(desk)
    found = re.search(r'name="sequence" value="(\d+)"', chi.get(PAGE).text)
    assert found is not None

    chi.submit(f"{PAGE}/hoan-tac", PAGE, sequence=found[1], reason="Nhập nhầm tệp")

    assert between == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-009"]
    assert listed(desk) == before


def test_a_roster_whose_names_were_erased_is_compared_with_no_list(desk: Desk, chi: Visitor) -> None:
    """Everyone would be counted twice."""
    with appending(desk.database) as ledger:
        erase_everyone(ledger, desk.recorder.key, ErasedBy(ErasureReason.EXPIRED, "chi", desk.clock()))

    answer = hand_in(chi, *KEPT)

    assert (answer.status_code, RosterErasedError().problem in answer.text) == (400, True)


def test_so_much_change_needs_a_typed_number(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)

    preview = chi.get(PREVIEW).text
    unasked = chi.submit(PREVIEW, seen="1", drop="")
    wrong = chi.submit(PREVIEW, seen="1", drop="", people="5")

    assert "Nhập số 4 để áp dụng" in preview
    assert (unasked.status_code, wrong.status_code) == (400, 400)
    assert "Danh sách sẽ đổi từ 4 thành 4 người" in wrong.text
    assert "SKHCN-009" not in listed(desk)
    assert apply(chi).status_code == 303
    assert "SKHCN-009" in listed(desk)


def test_a_preview_can_be_applied_above_and_below_and_shows_first_who_leaves(chi: Visitor) -> None:
    people = [f"SKHCN-1{number:02},Người thứ {number},{OFFICE},công chức" for number in range(40)]
    hand_in(chi, *KEPT, *people)

    preview = chi.get(PREVIEW).text

    assert preview.count(">Áp dụng</button>") == 2
    assert preview.index(">Bớt <") < preview.index(">Thêm <")
    assert "20 người nữa</summary>" in preview


RAW = """SỞ KHOA HỌC VÀ CÔNG NGHỆ
TT;Họ và tên;Ngày sinh;Phòng, đơn vị;Ngạch/CDNN
I;VĂN PHÒNG
1;Nguyễn Văn An;01/01/1980;Văn phòng;CC
2;Đặng Thị Ánh;02/02/1981;Văn phòng;lao công
II;TRUNG TÂM ĐMST
3;Lò Thị Bình;03/03/1982;TT ĐMST;VC
4;Vừ A Hồng;04/04/1983;TT ĐMST;CC
;Tổng cộng: 04 người
"""


def test_a_list_as_an_office_keeps_it_is_read_by_choices(desk: Desk, chi: Visitor) -> None:
    """No staff codes, a birth date, a heading that nobody knows, a category and a unit in other words."""
    answer = hand_in(chi, name="raw.csv", content=RAW.encode())

    assert answer.status_code == 400
    assert "có cột “Ngày sinh” là dữ liệu cá nhân" in answer.text
    assert "Cột “Ngạch/CDNN” có thể là “Loại”." in answer.text
    assert "tạo mã cho 4 người" in answer.text
    assert b"1980" not in desk.everything()["waiting_file"][0].content

    choose(chi)
    asked = chi.get(PREVIEW).text
    choose(chi, **{"means-0": "worker"})
    preview = chi.get(PREVIEW).text
    apply(chi)

    assert "không hiểu “lao công”" in asked
    assert "Thêm 0, chuyển 0, sửa 2, bớt 0, giữ nguyên 2 người" in preview
    assert listed(desk) == ["SKHCN-001", "SKHCN-002", "SKHCN-003", "SKHCN-004"]
    with desk.database.reading() as connection:
        units = {member.member.unit for member in read_roster(connection).values()}
    assert units == {OFFICE, CENTRE}


def test_what_was_chosen_is_remembered_for_the_next_list(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, name="raw.csv", content=RAW.encode())
    choose(chi)
    choose(chi, **{"means-0": "worker"})
    apply(chi)

    again = hand_in(chi, name="raw.csv", content=RAW.replace(";Ngày sinh", "").replace(";0", ";;").encode())
    with desk.database.reading() as connection:
        words = read_words(connection)

    assert "Ngạch/CDNN” có thể" not in again.text
    assert words.headings["ngach cdnn"] == "Loại"
    assert words.categories["lao cong"] == "worker"
    assert words.units["TT ĐMST"] == CENTRE


def test_a_digest_of_before_the_choice_is_not_applied(desk: Desk, chi: Visitor) -> None:
    hand_in(chi, *KEPT, NEW)
    fields = chi.hidden(PREVIEW)
    choose(chi, codes="1")

    answer = chi.send(PREVIEW, fields | {"seen": "1", "drop": "", "people": "4"})

    assert (answer.status_code, len(listed(desk))) == (400, 4)


def test_new_codes_follow_those_in_use(desk: Desk, chi: Visitor) -> None:
    lines = ["Họ và tên;Đơn vị;Loại", "Lò Thị Mới;Văn phòng;công chức", "Nguyễn Văn An;Văn phòng;công chức"]

    hand_in(chi, name="mới.csv", content="\n".join(lines).encode())
    choose(chi)
    apply(chi)

    assert listed(desk) == ["SKHCN-001", "SKHCN-005"]


def test_a_stray_cell_ends_nothing(chi: Visitor) -> None:
    answer = hand_in(chi, name="lạc.xlsx", content=far_cells("XFD", 1048576))

    assert answer.status_code == 400
    assert "cột XFD, dòng 1048576" in answer.text
    assert chi.get(PAGE).status_code == 200


def test_two_columns_of_units_make_two_levels(desk: Desk, chi: Visitor) -> None:
    lines = [
        "Mã;Họ và tên;Đơn vị;Phòng;Loại",
        "SKHCN-001;Nguyễn Văn An;Sở Khoa học và Công nghệ;Văn phòng;công chức",
        "SKHCN-002;Lò Thị Bình;Chi cục Đo lường;Phòng Kiểm định;viên chức",
        "SKHCN-003;Đặng Thị Ánh;Chi cục Đo lường;Phòng Hành chính;công chức",
        "SKHCN-004;Vừ A Hồng;Chi cục Đo lường;;người lao động",
    ]

    hand_in(chi, content="\n".join(lines).encode())
    apply(chi)
    hand_in(chi, content="\n".join(lines).encode())

    with desk.database.reading() as connection:
        units = read_units(connection)
    names = {number: unit.name for number, unit in units.by_id.items()}
    assert {names[unit]: names[parent] for unit, parent in units.parents.items()} == {
        "Văn phòng": "Sở Khoa học và Công nghệ",
        "Phòng Kiểm định": "Chi cục Đo lường",
        "Phòng Hành chính": "Chi cục Đo lường",
    }
    assert len(units.below("Chi cục Đo lường")) == 3
