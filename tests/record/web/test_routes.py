"""Every route, asked by everyone: who may, who may not, and that looking never writes."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

import pytest

from campaign.core.people.access import Role
from campaign.record.routes import RULES
from campaign.record.web.admission import ANYONE, MEMBER, PROOF_LASTS
from tests.rigs.recorder import NOTICE, Desk, Visitor

Who = Literal["nobody", "reader", "office", "unit_head", "auditor", "editor"]
OFFICE, FIGURES, STAFF = {"office"}, {"office", "unit_head"}, {"office", "unit_head", "auditor", "editor"}


@dataclass(frozen=True)
class Row:
    """A route with what each gets who asks for it.

    Attributes:
        path: An address of the route; ``{token}`` stands for the token of a slip in force.
        nobody: The status for a browser that is not signed in; likewise *reader* and *staff*. 401 for a form of a
            route that needs a sign-in means: led to the sign-in.
        roles: The accounts that get what *staff* says; any other is refused.
        elsewhere: The status for an account that is refused.
    """

    method: str
    route: str
    path: str
    nobody: int
    reader: int
    staff: int
    fields: dict[str, str] = field(default_factory=dict)
    roles: set[str] = field(default_factory=lambda: STAFF)
    elsewhere: int = 403

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def expected(self, who: Who) -> int:
        """Return the status that *who* gets."""
        roles = DECLARED[self.method, self.route]
        is_out = who != "reader" if roles == MEMBER else who in {"nobody", "reader"}
        status = {"nobody": self.nobody, "reader": self.reader}.get(who, self.staff)
        if status == 401 and self.method == "POST" and roles != ANYONE and is_out:
            return 303
        if who in {"nobody", "reader"}:
            return status
        return self.staff if who in self.roles else self.elsewhere


DECLARED = {(rule.method, rule.path): rule.roles for rule in RULES}
RECEIPT = "/van-phong/bien-nhan/{sequence}"
LETTER = {"post": "thong-bao-485", "unit": "Văn phòng"}
PRESS = {"revision": "1", "digest": NOTICE.digest}
HERE = "/van-phong/bai/thong-bao-485"
SENT = {"channel": "website", "sent_on": "01/10/2025"}
WORD, HANDING_IN = "/van-phong/nhap-van-ban", {"office", "unit_head", "editor"}
ABSENT = {"act": "leave", "reason": "Nghỉ phép"}
PREVIEW, UNDO = "/van-phong/danh-sach/xem-truoc", "/van-phong/danh-sach/hoan-tac"
SHEET = "/van-phong/phieu-ky/{sheet}"
UNITS, TOKENS = "/van-phong/danh-sach/don-vi", "/van-phong/khoa-so-lieu"
MOVE, REMOVAL = "/van-phong/nguoi/{member}/chuyen-don-vi", "/van-phong/nguoi/{member}/ra-khoi-danh-sach"
RENEWAL, BATCH = "/van-phong/phieu/cap-lai", "/van-phong/phieu/dot/{batch}"
CORRECTION, ADDITION = "/van-phong/nguoi/{member}/sua", "/van-phong/danh-sach/them-nguoi"
CORRECTED = {"name": "Nguyễn Văn An", "category": "civil_servant", "reason": "Gõ sai"}
ADDED = {"name": "Quàng Văn Yên", "category": "worker", "unit": "Văn phòng", "reason": "Tuyển dụng"}
ROSTER = "/van-phong/danh-sach"
PERSON_SLIP = "/van-phong/nguoi/{member}/phieu"
DESK, DRAFT, EDITING = "/van-phong/bien-tap", "/van-phong/bien-tap/{post}", {"office", "editor"}
REVISE = f"{DESK}/bai-moi/phien-ban"
POST, LIST = "/van-phong/bai/{post}", "/van-phong/bai/{post}/danh-sach"
TABLE = [
    Row("GET", "/xac-nhan/{post}", "/xac-nhan/thong-bao-485", 303, 200, 303),
    Row("POST", "/xac-nhan/{post}", "/xac-nhan/thong-bao-485", 401, 303, 401, PRESS),
    Row("GET", "/trang-thai/{post}.json", "/trang-thai/thong-bao-485.json", 200, 200, 200),
    Row("GET", "/bien-nhan/{sequence}", "/bien-nhan/1", 303, 404, 303),
    Row("GET", "/bien-nhan/{sequence}.json", "/bien-nhan/1.json", 303, 404, 303),
    Row("GET", "/bien-nhan/{sequence}.tlog-proof", "/bien-nhan/1.tlog-proof", 303, 404, 303),
    Row("GET", "/kiem-chung/khoa-cong-khai.txt", "/kiem-chung/khoa-cong-khai.txt", 200, 200, 200),
    Row("GET", "/kiem-chung/moc.txt", "/kiem-chung/moc.txt", 404, 404, 404),  # None is kept yet.
    Row("GET", "/kiem-chung/moc/{size}.txt", "/kiem-chung/moc/1.txt", 404, 404, 404),
    Row("GET", "/kiem-chung/moc.atom.xml", "/kiem-chung/moc.atom.xml", 200, 200, 200),
    Row("GET", "/kiem-chung/verify.pyz", "/kiem-chung/verify.pyz", 200, 200, 200),
    Row("GET", "/api/openapi.json", "/api/openapi.json", 200, 200, 200),
    Row("GET", "/api/bai", "/api/bai", 401, 401, 401),
    Row("GET", "/api/bai/{post}", "/api/bai/thong-bao-485", 401, 401, 401),
    Row("GET", "/kiem-chung", "/kiem-chung", 200, 200, 200),
    Row("GET", "/cua-toi", "/cua-toi", 303, 200, 303),
    Row("GET", "/vao", "/vao", 200, 200, 200),
    Row("POST", "/vao", "/vao", 401, 401, 401, {"staff_code": "SKHCN-001", "access_code": "AAAAAAAA"}),
    Row("GET", "/vao/phieu/{token}", "/vao/phieu/{token}", 200, 200, 200),
    Row("GET", "/vao/phieu", "/vao/phieu", 200, 200, 200),
    Row("POST", "/vao/phieu", "/vao/phieu", 404, 404, 404, {"code": "khong-co"}),
    Row("POST", "/vao/phieu/vao", "/vao/phieu/vao", 404, 404, 404, {"code": "khong-co"}),
    Row("POST", "/vao/thu", "/vao/thu", 404, 404, 404),
    Row("GET", "/vao/thu/{token}", "/vao/thu/khong-co", 404, 404, 404),
    Row("POST", "/vao/thu/{token}", "/vao/thu/khong-co", 404, 404, 404),
    Row("GET", "/vao/chung", "/vao/chung", 404, 404, 404),
    Row("GET", "/vao/chung/ve", "/vao/chung/ve", 404, 404, 404),
    Row("POST", "/vao/chung/ve", "/vao/chung/ve", 404, 404, 404),
    Row("POST", "/vao/co-quan", "/vao/co-quan", 404, 404, 404),
    Row("GET", "/cua-toi/phieu", "/cua-toi/phieu", 303, 200, 303),
    Row("POST", "/cua-toi/phieu", "/cua-toi/phieu", 401, 401, 401, {"access_code": "AAAAAAAA"}),
    Row("POST", "/cua-toi/thiet-bi", "/cua-toi/thiet-bi", 401, 303, 401),
    Row("POST", "/ra", "/ra", 303, 303, 303),
    Row("GET", "/van-phong", "/van-phong", 303, 303, 200, roles=FIGURES, elsewhere=303),
    Row("GET", "/van-phong/vao", "/van-phong/vao", 200, 200, 200),
    Row("POST", "/van-phong/vao", "/van-phong/vao", 401, 401, 401, {"account": "chi", "passphrase": "sai"}),
    Row("POST", "/van-phong/vao/khoa", "/van-phong/vao/khoa", 404, 404, 404),
    Row("GET", "/van-phong/khoa", "/van-phong/khoa", 303, 303, 404),
    Row("POST", "/van-phong/khoa", "/van-phong/khoa", 401, 401, 404),
    Row("POST", "/van-phong/khoa/bo", "/van-phong/khoa/bo", 401, 401, 404),
    Row("POST", "/van-phong/ra", "/van-phong/ra", 303, 303, 303),
    Row("GET", "/van-phong/xac-minh", "/van-phong/xac-minh", 303, 303, 200),
    Row("POST", "/van-phong/xac-minh", "/van-phong/xac-minh", 401, 401, 401, {"passphrase": "sai"}),
    Row("GET", "/van-phong/phien", "/van-phong/phien", 303, 303, 200),
    Row("POST", "/van-phong/phien", "/van-phong/phien", 401, 401, 303, {"session": "ab12"}),
    Row("GET", POST, HERE, 303, 303, 200, roles=FIGURES),
    Row("GET", LIST, f"{HERE}/danh-sach", 303, 303, 200, roles=FIGURES),
    Row("GET", f"{LIST}.csv", f"{HERE}/danh-sach.csv", 303, 303, 200, roles=FIGURES),
    Row("GET", f"{LIST}.xlsx", f"{HERE}/danh-sach.xlsx", 303, 303, 200, roles=FIGURES),
    Row("GET", f"{POST}/khong-con", f"{HERE}/khong-con", 303, 303, 200, roles=OFFICE),
    Row("GET", "/van-phong/dot/{campaign}", "/van-phong/dot/moi", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/dot/{campaign}", "/van-phong/dot/moi", 401, 401, 409, {"id": "a-b"}, roles=OFFICE),
    Row("GET", "/van-phong/co-quan", "/van-phong/co-quan", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/co-quan", "/van-phong/co-quan", 401, 401, 409, {"name": "A"}, roles=OFFICE),
    Row("GET", f"{POST}/dang-gui", f"{HERE}/dang-gui", 303, 303, 200, roles=OFFICE),
    Row("POST", f"{POST}/dang-gui", f"{HERE}/dang-gui", 401, 401, 303, SENT, roles=OFFICE),
    Row("GET", f"{POST}/da-xem", f"{HERE}/da-xem", 303, 303, 200, roles=OFFICE),
    Row("POST", f"{POST}/da-xem", f"{HERE}/da-xem", 401, 401, 403, roles=OFFICE),
    Row("POST", f"{POST}/da-xem/ghi", f"{HERE}/da-xem/ghi", 401, 401, 403, roles=OFFICE),
    Row("GET", f"{POST}/bao-cao", f"{HERE}/bao-cao", 303, 303, 200, roles=OFFICE),
    Row("POST", f"{POST}/bao-cao", f"{HERE}/bao-cao", 401, 401, 200, {"kind": "docx"}, roles=OFFICE),
    Row("POST", f"{POST}/bao-cao/mau", f"{HERE}/bao-cao/mau", 401, 401, 403, roles=OFFICE),
    Row("GET", f"{POST}/phieu-ky", f"{HERE}/phieu-ky", 303, 303, 200, roles=OFFICE),
    Row("POST", f"{POST}/phieu-ky", f"{HERE}/phieu-ky", 401, 401, 303, {"unit": "Văn phòng"}, roles=OFFICE),
    Row("GET", f"{SHEET}/in", "/van-phong/phieu-ky/1/in", 303, 303, 404, roles=OFFICE),
    Row("GET", SHEET, "/van-phong/phieu-ky/1", 303, 303, 404, roles=OFFICE),
    Row("POST", SHEET, "/van-phong/phieu-ky/1", 401, 401, 403, roles=OFFICE),
    Row("GET", "/van-phong/nguoi", "/van-phong/nguoi", 303, 303, 200, roles=OFFICE),
    Row("GET", "/van-phong/nguoi/{member}", "/van-phong/nguoi/1", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/nguoi/{member}", "/van-phong/nguoi/1", 401, 401, 303, ABSENT, roles=OFFICE),
    Row("GET", MOVE, MOVE.format(member=1), 303, 303, 200, roles=OFFICE),
    Row("POST", MOVE, MOVE.format(member=1), 401, 401, 400, {"unit": "Phòng lạ", "reason": "Điều động"}, roles=OFFICE),
    Row("GET", REMOVAL, REMOVAL.format(member=1), 303, 303, 200, roles=OFFICE),
    Row("POST", REMOVAL, REMOVAL.format(member=1), 401, 401, 303, {"reason": "Nghỉ hưu"}, roles=OFFICE),
    Row("GET", "/van-phong/nhac", "/van-phong/nhac", 303, 303, 200, roles=FIGURES),
    Row("GET", "/van-phong/nhac/gui", "/van-phong/nhac/gui", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/nhac/gui", "/van-phong/nhac/gui", 401, 401, 200, roles=OFFICE),
    Row("POST", "/van-phong/nhac/khong-ro", "/van-phong/nhac/khong-ro", 401, 401, 404, roles=OFFICE),
    Row("GET", "/van-phong/nhac/da-gui", "/van-phong/nhac/da-gui", 303, 303, 200, roles=FIGURES),
    Row("GET", "/van-phong/nhac/loi-nhac", "/van-phong/nhac/loi-nhac", 303, 303, 200, roles=FIGURES),
    Row("POST", "/van-phong/nhac/cong-van", "/van-phong/nhac/cong-van", 401, 401, 200, LETTER, roles=OFFICE),
    Row("GET", f"{RECEIPT}.json", "/van-phong/bien-nhan/1.json", 303, 303, 404, roles=OFFICE),
    Row("GET", RECEIPT, "/van-phong/bien-nhan/1", 303, 303, 404, roles=OFFICE),
    Row("GET", "/van-phong/danh-sach", "/van-phong/danh-sach", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/danh-sach", "/van-phong/danh-sach", 401, 401, 403, roles=OFFICE),
    Row("GET", PREVIEW, PREVIEW, 303, 303, 303, roles=OFFICE),
    Row("POST", PREVIEW, PREVIEW, 401, 401, 303, {"drop": "1"}, roles=OFFICE),
    Row("POST", f"{PREVIEW}/cach-doc", f"{PREVIEW}/cach-doc", 401, 401, 400, roles=OFFICE),
    Row("POST", UNDO, UNDO, 401, 401, 400, {"sequence": "1", "reason": "Nhầm tệp"}, roles=OFFICE),
    Row("GET", UNITS, UNITS, 303, 303, 200, roles=OFFICE),
    Row("POST", UNITS, UNITS, 401, 401, 400, {"act": "end", "unit": "Phòng lạ", "day": "1/10/2025"}, roles=OFFICE),
    Row("GET", "/van-phong/phieu", "/van-phong/phieu", 303, 303, 200, roles=OFFICE),
    Row("POST", "/van-phong/phieu", "/van-phong/phieu", 401, 401, 303, {"unit": "Văn phòng"}, roles=OFFICE),
    Row("GET", RENEWAL, f"{RENEWAL}?don-vi=Văn%20phòng", 303, 303, 200, roles=OFFICE),
    Row("POST", RENEWAL, RENEWAL, 401, 401, 303, {"unit": "Văn phòng"}, roles=OFFICE),
    Row("GET", BATCH, "/van-phong/phieu/dot/x", 303, 303, 404, roles=OFFICE),
    Row("POST", BATCH, "/van-phong/phieu/dot/x", 401, 401, 404, roles=OFFICE),
    Row("GET", CORRECTION, "/van-phong/nguoi/1/sua", 303, 303, 200, roles=OFFICE),
    Row("POST", CORRECTION, "/van-phong/nguoi/1/sua", 401, 401, 303, CORRECTED, roles=OFFICE),
    Row("GET", ADDITION, ADDITION, 303, 303, 200, roles=OFFICE),
    Row("POST", ADDITION, ADDITION, 401, 401, 303, ADDED, roles=OFFICE),
    Row("GET", f"{ROSTER}.xlsx", f"{ROSTER}.xlsx", 303, 303, 200, roles=OFFICE),
    Row("GET", f"{ROSTER}.csv", f"{ROSTER}.csv", 303, 303, 200, roles=OFFICE),
    Row("GET", f"{ROSTER}/mau.xlsx", f"{ROSTER}/mau.xlsx", 303, 303, 200, roles=OFFICE),
    Row("GET", PERSON_SLIP, "/van-phong/nguoi/1/phieu", 303, 303, 200, roles=OFFICE),
    Row("POST", PERSON_SLIP, "/van-phong/nguoi/1/phieu", 401, 401, 303, roles=OFFICE),
    Row("GET", "/van-phong/nhat-ky", "/van-phong/nhat-ky", 303, 303, 200, roles=OFFICE),
    Row("GET", TOKENS, TOKENS, 303, 303, 200, roles=OFFICE),
    Row("POST", TOKENS, TOKENS, 401, 401, 200, {"name": "Cổng thông tin"}, roles=OFFICE),
    Row("POST", f"{TOKENS}/thu-hoi", f"{TOKENS}/thu-hoi", 401, 401, 303, {"name": "Cổng thông tin"}, roles=OFFICE),
    Row("GET", "/van-phong/so", "/van-phong/so", 303, 303, 200, roles={"office", "auditor"}),
    Row("POST", "/van-phong/so/gui-moc", "/van-phong/so/gui-moc", 401, 401, 400, roles=OFFICE),  # No place is set.
    Row("GET", WORD, WORD, 303, 303, 200, roles=HANDING_IN),
    Row("POST", WORD, WORD, 401, 401, 403, roles=HANDING_IN),  # It takes a form with a file only.
    Row("POST", "/van-phong/so/bang-chung", "/van-phong/so/bang-chung", 401, 401, 200, roles={"office", "auditor"}),
    Row("GET", DESK, DESK, 303, 303, 200, roles=HANDING_IN),
    Row("POST", f"{DESK}/trang-truoc", f"{DESK}/trang-truoc", 401, 401, 409, roles=OFFICE),
    Row("GET", f"{DESK}/bai-moi", f"{DESK}/bai-moi", 303, 303, 200, roles=HANDING_IN),
    Row("POST", f"{DESK}/bai-moi", f"{DESK}/bai-moi", 401, 401, 303, {"title": "Trực đêm"}, roles=HANDING_IN),
    Row("POST", REVISE, REVISE, 401, 401, 303, {"post": "thong-bao-485"}, roles=EDITING),
    Row("GET", DRAFT, f"{DESK}/x-y-z", 303, 303, 404, roles=HANDING_IN),
    Row("POST", DRAFT, f"{DESK}/x-y-z", 401, 401, 403, roles=HANDING_IN),  # It takes a form of parts only.
    Row("GET", f"{DRAFT}/xem", f"{DESK}/x-y-z/xem", 303, 303, 404, roles=HANDING_IN),
    Row("GET", f"{DRAFT}/tep/{{name}}", f"{DESK}/x-y-z/tep/a.png", 303, 303, 404, roles=HANDING_IN),
    Row("GET", f"{DRAFT}/lich-su", f"{DESK}/x-y-z/lich-su", 303, 303, 404, roles=HANDING_IN),
    Row("GET", f"{DRAFT}/goi.zip", f"{DESK}/x-y-z/goi.zip", 303, 303, 404, roles=EDITING),
    Row("GET", f"{DRAFT}/duyet", f"{DESK}/x-y-z/duyet", 303, 303, 404, roles=HANDING_IN),
    Row("POST", f"{DRAFT}/duyet", f"{DESK}/x-y-z/duyet", 401, 401, 404, {"act": "approve"}, roles=OFFICE),
    Row("POST", f"{DRAFT}/dang", f"{DESK}/x-y-z/dang", 401, 401, 404, {"act": "publish"}, roles=OFFICE),
]
READING = [row for row in TABLE if row.method == "GET"]
EVERYONE: tuple[Who, ...] = ("nobody", "reader", "office", "unit_head", "auditor", "editor")


def come_as(desk: Desk, who: Who) -> Visitor:
    match who:
        case "nobody":
            return desk.visitor()
        case "reader":
            return desk.reader()
        case _:
            return desk.staff(Role(who))


def address_of(row: Row, desk: Desk) -> str:
    return row.path.replace("{token}", desk.slip().token) if "{token}" in row.path else row.path


def test_every_route_stands_in_the_table() -> None:
    assert {(rule.method, rule.path) for rule in RULES} == {(row.method, row.route) for row in TABLE}


def test_what_weighs_asks_for_proof() -> None:
    """Exports with names, changes of the roster, confirmations on paper, new codes, keys of accounts."""
    weighty = {(rule.method, rule.path) for rule in RULES if rule.proof and rule.method == "POST"}

    assert weighty >= {
        ("POST", "/van-phong/bai/{post}/bao-cao"),
        ("POST", "/van-phong/danh-sach/xem-truoc"),
        ("POST", "/van-phong/danh-sach/xem-truoc/cach-doc"),
        ("POST", "/van-phong/danh-sach/hoan-tac"),
        ("POST", TOKENS),
        ("POST", f"{TOKENS}/thu-hoi"),
        ("POST", MOVE),
        ("POST", REMOVAL),
        ("POST", "/van-phong/phieu-ky/{sheet}"),
        ("POST", "/van-phong/phieu"),
        ("POST", RENEWAL),
        ("POST", PERSON_SLIP),
        ("POST", "/van-phong/khoa"),
        ("POST", "/van-phong/khoa/bo"),
        ("POST", "/van-phong/so/bang-chung"),
    }


WEIGHS_LITTLE = {
    ("POST", f"{POST}/dang-gui"): "where a post was put up; nobody is due or done by it",
    ("POST", f"{POST}/phieu-ky"): "whom a sheet is for; it is printed and entered with proof",
    ("POST", "/van-phong/so/gui-moc"): "a checkpoint, which is public, to places that the operator set",
    ("POST", "/van-phong/danh-sach"): "a list that is only looked at; it is applied with proof",
}
"""Forms of the Office that need no proof, and why."""


def test_every_form_of_the_office_asks_for_proof_unless_it_weighs_little() -> None:
    lenient = {
        (rule.method, rule.path)
        for rule in RULES
        if rule.method == "POST" and not rule.proof and rule.roles == {Role.OFFICE}
    }

    assert lenient == set(WEIGHS_LITTLE)


NAMES = {LIST + ".csv", "/van-phong/bien-nhan/{sequence}.json", f"{SHEET}/in", "/van-phong/nhac/loi-nhac"}
"""Files and papers with names: what is saved, printed or copied from."""


def test_every_file_with_names_asks_for_proof(desk: Desk) -> None:
    """An open browser of the Office shows names; it gives none away to whoever merely sits there."""
    files = {rule.path: rule.proof for rule in RULES if rule.method == "GET" and rule.path.startswith("/van-phong/")}
    visitors = {"office": desk.office(), "unit_head": desk.staff(Role.UNIT_HEAD)}
    desk.clock.now += PROOF_LASTS

    assert {path for path, proof in files.items() if path.endswith((".csv", ".json", "/in")) and not proof} == set()
    assert {path for path in NAMES if not files[path]} == set()
    for row in TABLE:
        if row.method == "GET" and row.route in NAMES:
            for role in row.roles & set(visitors):
                answer = visitors[role].get(row.path)
                assert (answer.status_code, "/van-phong/xac-minh" in answer.headers["location"]) == (303, True)


def test_an_act_about_a_person_asks_for_proof_and_writes_nothing_without(desk: Desk) -> None:
    office, person = desk.office(), next(row.path for row in TABLE if row.route == "/van-phong/nguoi/{member}")
    fields = office.hidden(person) | ABSENT
    desk.clock.now += PROOF_LASTS
    before = desk.entries()

    answer = office.send(person, fields)

    assert ("E-PROOF" in answer.text, desk.entries()) == (True, before)


def test_the_roles_that_a_route_declares_are_those_that_may_use_it() -> None:
    """What the program says of itself, and what the table here says, must not drift apart."""
    declared = {(rule.method, rule.path): set(rule.roles) for rule in RULES}

    for row in TABLE:
        found = declared[row.method, row.route]
        if found & STAFF:
            assert (row.route, found) == (row.route, row.roles)


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_gets_what_is_theirs(desk: Desk, row: Row, who: Who) -> None:
    address = address_of(row, desk)
    visitor = come_as(desk, who)

    if row.method == "GET":
        response = visitor.get(address)
    else:
        way_in = "/van-phong/vao" if address.startswith("/van-phong") else "/vao"
        response = visitor.send(address, visitor.hidden(way_in) | row.fields)

    assert response.status_code == row.expected(who)


NEEDS_SIGN_IN = [row for row in TABLE if row.method == "POST" and DECLARED[row.method, row.route] != ANYONE]


@pytest.mark.parametrize("row", NEEDS_SIGN_IN, ids=str)
def test_a_form_sent_after_the_sign_in_ended_leads_to_it_and_back_and_records_nothing(desk: Desk, row: Row) -> None:
    visitor = desk.reader() if DECLARED[row.method, row.route] == MEMBER else desk.office()
    page = "/xac-nhan/thong-bao-485?revision=1"
    fields = visitor.hidden("/vao") | row.fields
    for name in [name for name in visitor.http.cookies if "visit" not in name]:
        del visitor.http.cookies[name]
    before = desk.entries()

    answer = visitor.send(address_of(row, desk), fields, Referer=f"{visitor.address}{page}")
    foreign = visitor.send(address_of(row, desk), fields, Origin="https://khac.example")

    way_in = "/van-phong/vao" if row.path.startswith("/van-phong") else "/vao"
    assert (answer.status_code, answer.headers["location"]) == (303, f"{way_in}?tiep={quote(page, safe='')}&het=1")
    assert "lần bấm vừa rồi chưa được ghi nhận" in visitor.get(answer.headers["location"]).text
    assert foreign.status_code == 403 or way_in == "/van-phong/vao"
    assert desk.entries() == before


@pytest.mark.parametrize("who", EVERYONE)
def test_looking_never_writes(desk: Desk, who: Who) -> None:
    addresses = [address_of(row, desk) for row in READING]
    visitor = come_as(desk, who)
    before = desk.everything()

    for address in addresses:
        visitor.get(address)
        visitor.http.head(address)

        found = desk.everything() | {"account_trail": []}  # That names were taken is noted; it changes nothing else.
        assert (address, found) == (address, before)


@pytest.mark.parametrize("row", READING, ids=str)
def test_head_answers_like_get_without_a_body(desk: Desk, row: Row) -> None:
    address = address_of(row, desk)
    visitor = desk.reader()

    response = visitor.http.head(address)

    assert (response.status_code, response.content) == (visitor.get(address).status_code, b"")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/vao", "/xac-nhan/thong-bao-485", "/van-phong/phieu", "/", "/manifest.json"])
def test_another_method_is_refused_and_writes_nothing(desk: Desk, path: str, method: str) -> None:
    visitor = desk.reader()
    before = desk.everything()

    response = visitor.http.request(method, path, headers={"Origin": visitor.address})

    assert response.status_code == 405
    assert "Allow" in response.headers
    assert desk.everything() == before


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/vao", "GET, HEAD, POST"),
        ("/ra", "POST"),
        ("/cua-toi", "GET, HEAD"),
        ("/xac-nhan/thong-bao-485", "GET, HEAD, POST"),
        ("/manifest.json", "GET, HEAD"),
    ],
)
def test_a_refused_method_is_told_all_that_are_not(desk: Desk, path: str, allowed: str) -> None:
    assert desk.visitor().http.request("DELETE", path).headers["Allow"] == allowed
