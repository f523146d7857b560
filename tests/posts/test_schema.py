from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.clock import VIET_NAM
from campaign.core.deadline import Deadline
from campaign.core.people.roster import Category
from campaign.core.post import (
    Audience,
    Change,
    Post,
    Revision,
    RosterRule,
    post_from_document,
)
from campaign.core.source_document import UNKNOWN, UNTITLED, SourceDocument
from campaign.errors.base import CampaignError, Faults
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from tests.rigs.sites import ASKS, UNITS, post_source

FILE = "bai-dang/a.md"


def read(source: str) -> Post:
    return read_post(FILE, split_front_matter(FILE, source.encode()), UNITS)


def faults_of(source: str) -> tuple[CampaignError, ...]:
    with pytest.raises(Faults) as caught:
        read(source)
    return caught.value.errors


def test_a_post_with_every_key_is_read() -> None:
    source = post_source(
        id="ke-hoach-2",
        source_document="{number: 485/TB-VPCP, issuer: Văn phòng Chính phủ, issued_on: 15/9/2025, subject: Kết luận}",
        confirmation="Tôi đã đọc.",
        deadline="{before: 05/11/2025}",
        roster="fixed",
        audience="{units: [Phòng Chuyển đổi số], categories: [civil_servant, worker]}",
        cooperating_units="[Phòng Chuyển đổi số]",
        revision="{number: 2, change: replacement, note: Sửa mục 2.}",
        publish_at="2025-10-27 08:05",
        expires="31/12/2026",
        draft="true",
        tags="[phòng cháy, 0123]",
        verified="false",
    )

    assert read(source) == Post(
        id="ke-hoach-2",
        title="Thông báo 485/TB-VPCP",
        summary="Ba câu. Nói việc. Nói ai.",
        text="Nội dung.\n",
        audience=Audience(("Phòng Chuyển đổi số",), (Category.CIVIL_SERVANT, Category.WORKER)),
        lead_units=("Văn phòng",),
        publish_at=datetime(2025, 10, 27, 8, 5, tzinfo=VIET_NAM),
        revision=Revision(2, Change.REPLACEMENT, "Sửa mục 2."),
        source_document=SourceDocument("Văn phòng Chính phủ", "Kết luận", "485/TB-VPCP", date(2025, 9, 15)),
        cooperating_units=("Phòng Chuyển đổi số",),
        sentence="Tôi đã đọc.",
        deadline=Deadline.before_day(date(2025, 11, 5)),
        roster=RosterRule.FIXED,
        expires=datetime(2026, 12, 31, tzinfo=VIET_NAM),
        draft=True,
        tags=("phòng cháy", "0123"),
        verified=False,
    )


def test_a_post_with_only_the_required_keys_asks_for_nothing() -> None:
    read_one = read(post_source())

    assert (read_one.sentence, read_one.deadline, read_one.source_document, read_one.expires) == (
        None,
        None,
        None,
        None,
    )
    assert (read_one.draft, read_one.tags, read_one.cooperating_units) == (False, (), ())
    assert read_one.audience == Audience()


def test_a_plan_without_number_and_day_is_a_source_document() -> None:
    source = read(post_source(source_document="{issuer: Sở, subject: Kế hoạch}")).source_document

    assert source == SourceDocument("Sở", "Kế hoạch")


@pytest.mark.parametrize(
    "declared", [{"title": UNTITLED}, {"source_document": f'{{issuer: "{UNKNOWN}", subject: "{UNKNOWN}"}}'}]
)
def test_what_a_draft_may_leave_open_must_be_named_before_readers_see_it(declared: dict[str, str]) -> None:
    assert read(post_source(draft="true", **declared)).draft
    assert all("còn ghi" in fault.problem for fault in faults_of(post_source(**declared)))


def test_both_ways_to_name_a_deadline_end_at_the_same_instant() -> None:
    before = read(post_source(confirmation="Đã đọc.", deadline="{before: 05/11/2025}")).deadline
    through = read(post_source(confirmation="Đã đọc.", deadline="{through: 2025-11-04}")).deadline

    assert before
    assert through
    assert before.ends_at == through.ends_at
    assert (before.named, through.named) == ("trước ngày 05/11/2025", "đến hết ngày 04/11/2025")


@pytest.mark.parametrize("written", ["5/11/2025", "05/11/2025", "2025-11-05", "05/11/2025 00:00", "2025-11-05T0:00"])
def test_the_day_comes_before_the_month(written: str) -> None:
    assert read(post_source(publish_at=written)).publish_at == datetime(2025, 11, 5, tzinfo=VIET_NAM)


def test_a_folded_summary_becomes_one_line() -> None:
    assert read(post_source(summary=">-\n  Câu một.\n  Câu hai.")).summary == "Câu một. Câu hai."


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("id", "Thong-Bao", "khoá “id” chỉ gồm 3 đến 60 chữ thường"),
        ("id", "ab", "khoá “id” chỉ gồm 3 đến 60"),
        ("id", "thông-báo", "khoá “id” chỉ gồm 3 đến 60"),
        ("title", "''", "khoá “title” đang để trống"),
        ("title", "", "khoá “title” đang để trống"),
        ("title", "x" * 201, "khoá “title” dài 201 ký tự, tối đa 200"),
        ("title", "[a]", "khoá “title” phải là một đoạn chữ"),
        ("summary", "x" * 601, "khoá “summary” dài 601 ký tự, tối đa 600"),
        ("source_document", "485", "khoá “source_document” phải gồm các khoá con number, issuer"),
        ("source_document", "{issuer: a, subject: b, issued_on: 15/9}", "khoá “source_document.issued_on” phải là"),
        ("source_document", "{issuer: a, subject: b, issued_on: 15/9/2025 08:00}", "không kèm giờ"),
        ("audience", "some", "khoá “audience” phải là all"),
        ("audience", "''", "khoá “audience” đang để trống"),
        ("audience", "[all]", "khoá “audience” phải gồm các khoá con units, categories"),
        ("audience", "{}", "khoá “audience” chưa nêu đơn vị hay loại nào"),
        ("audience", "{units: []}", "khoá “audience.units” phải là danh sách"),
        ("audience", "{units: Văn phòng}", "khoá “audience.units” phải là danh sách"),
        ("audience", "{units: [[Văn phòng]]}", "khoá “audience.units” phải là danh sách"),
        ("audience", "{units: [Phòng Lạ]}", "khoá “audience.units” có giá trị “Phòng Lạ” không dùng được"),
        ("audience", "{categories: [staff]}", "khoá “audience.categories” có giá trị “staff” không dùng được"),
        ("lead_unit", "Phòng Lạ", "khoá “lead_unit” có giá trị “Phòng Lạ” không dùng được"),
        ("cooperating_units", "[Văn phòng, '']", "khoá “cooperating_units” đang để trống"),
        ("cooperating_units", "[Phòng Lạ]", "khoá “cooperating_units” có giá trị “Phòng Lạ”"),
        ("revision", "1", "khoá “revision” phải gồm các khoá con number, change, note"),
        ("revision", "{number: 0}", "khoá “revision.number” phải là số 1, 2, 3…"),
        ("revision", "{number: hai}", "khoá “revision.number” phải là số 1, 2, 3…"),
        ("revision", "{number: 1, note: a}", "khoá “revision.note” chỉ dùng từ phiên bản 2"),
        ("revision", "{number: 1, change: correction}", "khoá “revision.change” chỉ dùng từ phiên bản 2"),
        (
            "revision",
            "{number: 2, change: first, note: a}",
            "khoá “revision.change” có giá trị “first” không dùng được",
        ),
        ("publish_at", "11/15/2025", "khoá “publish_at” phải là ngày/tháng/năm có thật"),
        ("publish_at", "29/02/2025", "mà lại ghi “29/02/2025”"),
        ("publish_at", "27/10/25", "mà lại ghi “27/10/25”"),
        ("publish_at", "27/10/2025 24:00", "mà lại ghi “27/10/2025 24:00”"),
        ("publish_at", "hôm nay", "mà lại ghi “hôm nay”"),
        ("roster", "fixed", "khoá “roster” chỉ dùng khi bài mời xác nhận"),
        ("expires", "27/10/2025", "khoá “expires” phải sau publish_at"),
        ("draft", "no", "khoá “draft” có giá trị “no” không dùng được"),
        ("tags", "a", "khoá “tags” phải là danh sách"),
        ("tags", "{a: b}", "khoá “tags” phải là danh sách"),
        ("verified", "1", "khoá “verified” có giá trị “1” không dùng được"),
    ],
)
def test_a_wrong_value_is_told_with_its_key_and_an_example(key: str, value: str, told: str) -> None:
    source = post_source(**{key: value})
    line = source[: source.index(f"\n{key}: ") + 1].count("\n") + 1

    (fault,) = faults_of(source)

    assert fault.code == "E-POST-VALUE"
    assert fault.problem.startswith(f"{FILE}, dòng {line}, cột ")
    assert told in fault.problem
    assert fault.remedy.startswith("Sửa lại, ví dụ: ")


def test_the_remedy_for_a_unit_lists_the_units() -> None:
    (fault,) = faults_of(post_source(lead_unit="Phòng Lạ"))

    assert fault.remedy == "Sửa lại, ví dụ: một trong: Văn phòng; Phòng Chuyển đổi số"


@pytest.mark.parametrize("value", ["{}", "{before: 05/11/2025, through: 04/11/2025}"])
def test_a_deadline_is_named_in_exactly_one_way(value: str) -> None:
    (fault,) = faults_of(post_source(confirmation="Đã đọc.", deadline=value))

    assert "khoá “deadline” phải có đúng một trong hai khoá con before" in fault.problem


@pytest.mark.parametrize("value", ["{before: 5/11}", "{through: 31/04/2025}"])
def test_a_deadline_is_a_day(value: str) -> None:
    (fault,) = faults_of(post_source(confirmation="Đã đọc.", deadline=value))

    assert "phải là ngày/tháng/năm có thật, không kèm giờ" in fault.problem


@pytest.mark.parametrize(
    "key", ["id", "title", "summary", "audience", "lead_unit", "revision", "publish_at", "verified"]
)
def test_a_missing_key_is_told_with_an_example(key: str) -> None:
    (fault,) = faults_of(post_source(**{key: None}))

    assert fault.code == "E-POST-KEY-MISSING"
    assert fault.problem == f"{FILE}: thiếu khoá “{key}”."
    assert f"ví dụ: {key}: " in fault.remedy


@pytest.mark.parametrize(
    ("declared", "missing"),
    [
        ({"confirmation": "Đã đọc."}, "deadline"),
        ({"deadline": "{before: 05/11/2025}"}, "confirmation"),
        ({"source_document": "{issuer: a}"}, "source_document.subject"),
        ({"revision": "{change: correction, note: a}"}, "revision.number"),
        ({"revision": "{number: 2, note: a}"}, "revision.change"),
        ({"revision": "{number: 2, change: correction}"}, "revision.note"),
    ],
)
def test_keys_that_need_each_other(declared: dict[str, str], missing: str) -> None:
    codes = [(fault.code, fault.problem) for fault in faults_of(post_source(**declared))]

    assert ("E-POST-KEY-MISSING", f"{FILE}: thiếu khoá “{missing}”.") in codes


@pytest.mark.parametrize(
    ("declared", "unknown"),
    [({"titel": "a"}, "titel"), ({"revision": "{number: 1, no: 2}"}, "revision.no"), ({"<<": "{a: b}"}, "<<")],
)
def test_an_unknown_key_is_told_with_those_that_exist(declared: dict[str, str], unknown: str) -> None:
    (fault,) = faults_of(post_source(**declared))

    assert fault.code == "E-POST-KEY-UNKNOWN"
    assert f"không có khoá nào tên “{unknown}”" in fault.problem
    assert "Các khoá dùng được ở đây: " in fault.remedy


def test_all_faults_of_a_post_are_told_at_once() -> None:
    source = post_source(id="A", title=None, lead_unit="Lạ", extra="1", publish_at="x", deadline="{before: x}")

    faults = faults_of(source)

    assert [fault.code for fault in faults] == [
        "E-POST-KEY-UNKNOWN",
        "E-POST-KEY-MISSING",
        "E-POST-KEY-MISSING",
        "E-POST-VALUE",
        "E-POST-VALUE",
        "E-POST-VALUE",
        "E-POST-VALUE",
    ]


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200), tag=st.text("aăđ ệ-0", min_size=1))
def test_what_is_read_survives_its_document(text: str, tag: str) -> None:
    original = read(post_source(text, tags=f"['x{tag}']", **ASKS))

    assert post_from_document(original.to_document()) == replace(original, tags=())
