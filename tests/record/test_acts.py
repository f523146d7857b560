"""What the Office does it does at a page: it has no terminal, and no act has two front doors."""

import pytest

from campaign.cli.main import cli
from campaign.core.people.access import Role
from campaign.record.office.people import ACTS as ACTS_ON_A_PERSON
from campaign.record.routes import RULES

PERSON, POST = "/van-phong/nguoi/{member}", "/van-phong/bai/{post}"
DESK, DRAFT = "/van-phong/bien-tap", "/van-phong/bien-tap/{post}"
ACTS = {
    "import a list": ("/van-phong/danh-sach", "/van-phong/danh-sach"),
    "say how the list that waits is read": (
        "/van-phong/danh-sach/xem-truoc",
        "/van-phong/danh-sach/xem-truoc/cach-doc",
    ),
    "apply or forget the list that waits": ("/van-phong/danh-sach/xem-truoc", "/van-phong/danh-sach/xem-truoc"),
    "undo a change of the roster": ("/van-phong/danh-sach", "/van-phong/danh-sach/hoan-tac"),
    "decide how a list is read": ("/van-phong/danh-sach/xem-truoc", "/van-phong/danh-sach/xem-truoc/cach-doc"),
    "rename or end a unit, take that back": ("/van-phong/danh-sach/don-vi", "/van-phong/danh-sach/don-vi"),
    "add a person": ("/van-phong/danh-sach/them-nguoi", "/van-phong/danh-sach/them-nguoi"),
    "correct who a person is": (f"{PERSON}/sua", f"{PERSON}/sua"),
    "move a person": (f"{PERSON}/chuyen-don-vi", f"{PERSON}/chuyen-don-vi"),
    "take a person off the roster": (f"{PERSON}/ra-khoi-danh-sach", f"{PERSON}/ra-khoi-danh-sach"),
    "exempt, extend, note a leave, record on paper or on behalf, take that back": (PERSON, PERSON),
    "print sheets to sign": (f"{POST}/phieu-ky", f"{POST}/phieu-ky"),
    "enter a signed sheet": ("/van-phong/phieu-ky/{sheet}", "/van-phong/phieu-ky/{sheet}"),
    "record a dispatch, take it back": (f"{POST}/dang-gui", f"{POST}/dang-gui"),
    "match the list of who has seen a post": (f"{POST}/da-xem", f"{POST}/da-xem"),
    "record that list": (f"{POST}/da-xem", f"{POST}/da-xem/ghi"),
    "make a report, letters or the package to send": (f"{POST}/bao-cao", f"{POST}/bao-cao"),
    "put a template into use": (f"{POST}/bao-cao", f"{POST}/bao-cao/mau"),
    "remind": ("/van-phong/nhac/gui", "/van-phong/nhac/gui"),
    "settle a reminder": ("/van-phong/nhac/gui", "/van-phong/nhac/khong-ro"),
    "make the letter to a unit": ("/van-phong/nhac/loi-nhac", "/van-phong/nhac/cong-van"),
    "give slips to those who have none": ("/van-phong/phieu", "/van-phong/phieu"),
    "give a unit new slips": ("/van-phong/phieu/cap-lai", "/van-phong/phieu/cap-lai"),
    "put printed slips in force, or forget them": ("/van-phong/phieu/dot/{batch}", "/van-phong/phieu/dot/{batch}"),
    "give a person a slip": (f"{PERSON}/phieu", f"{PERSON}/phieu"),
    "make a token": ("/van-phong/khoa-so-lieu", "/van-phong/khoa-so-lieu"),
    "revoke a token": ("/van-phong/khoa-so-lieu", "/van-phong/khoa-so-lieu/thu-hoi"),
    "send the checkpoint now": ("/van-phong/so", "/van-phong/so/gui-moc"),
    "take the evidence away": ("/van-phong/so", "/van-phong/so/bang-chung"),
    "hand in a Word document": ("/van-phong/nhap-van-ban", "/van-phong/nhap-van-ban"),
    "declare a campaign, end it": ("/van-phong/dot/{campaign}", "/van-phong/dot/{campaign}"),
    "declare the department": ("/van-phong/co-quan", "/van-phong/co-quan"),
    "begin a post": (f"{DESK}/bai-moi", f"{DESK}/bai-moi"),
    "begin a revision": (DESK, f"{DESK}/bai-moi/phien-ban"),
    "write and submit a post": (DRAFT, DRAFT),
    "approve a post, return it": (f"{DRAFT}/duyet", f"{DRAFT}/duyet"),
    "publish a post, call it off": (f"{DRAFT}/duyet", f"{DRAFT}/dang"),
    "show the previous site": (DESK, f"{DESK}/trang-truoc"),
}
"""Every act of the Office: the page on which it is done, and where its form goes."""
OF_ANY_ACCOUNT = {"/van-phong/khoa", "/van-phong/khoa/bo", "/van-phong/xac-minh", "/van-phong/phien"}
"""Where accounts of all roles send forms: about their own coming in."""
FORMER_COMMANDS = ("case", "dispatch", "paper", "seen", "token", "unit")


def office_routes(method: str) -> set[str]:
    return {rule.path for rule in RULES if rule.method == method and Role.OFFICE in rule.roles}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_of_the_office_has_its_page(act: str) -> None:
    page, sent_to = ACTS[act]

    assert page in office_routes("GET")
    assert sent_to in office_routes("POST")


def test_no_form_of_the_office_is_sent_for_an_act_that_the_list_does_not_have() -> None:
    assert {sent_to for _, sent_to in ACTS.values()} == office_routes("POST") - OF_ANY_ACCOUNT


def test_what_is_recorded_about_a_person_is_recorded_at_the_person_s_page() -> None:
    assert set(ACTS_ON_A_PERSON) == {
        "exempt", "extend", "leave", "paper", "behalf", "withdraw-case", "withdraw-confirmation"
    }  # fmt: skip


def test_no_command_repeats_a_page() -> None:
    groups = {name: set(getattr(cli.commands[name], "commands", ())) for name in ("report", "roster")}

    assert not {*FORMER_COMMANDS} & {*cli.commands}
    assert groups == {"report": {"docx", "xlsx", "filled", "yearly"}, "roster": {"import"}}
