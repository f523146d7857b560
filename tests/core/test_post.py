import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

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
    digest_of,
    post_from_document,
    to_canonical_json,
)
from campaign.core.source_document import SourceDocument
from tests.rigs.builders import OFFICE, post

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
posts = st.builds(
    Post,
    id=words,
    title=words,
    summary=words,
    text=words,
    audience=st.builds(
        Audience, st.lists(words, max_size=3).map(tuple), st.lists(st.sampled_from(Category), max_size=3).map(tuple)
    ),
    lead_units=st.lists(words, min_size=1, max_size=3).map(tuple),
    publish_at=st.datetimes(datetime(2000, 1, 1), timezones=st.sampled_from([UTC, VIET_NAM])),
    revision=st.builds(Revision, st.integers(1, 99), st.sampled_from(Change), words),
    source_document=st.none() | st.builds(SourceDocument, words, words, st.none() | words, st.none() | days),
    cooperating_units=st.lists(words, max_size=3).map(tuple),
    sentence=st.none() | words,
    deadline=st.none() | days.map(Deadline.before_day) | days.map(Deadline.through_day),
    verified=st.booleans(),
    roster=st.sampled_from(RosterRule),
)


@given(original=posts)
def test_a_document_reads_back_as_its_post(original: Post) -> None:
    assert post_from_document(original.to_document()) == original


@given(original=posts)
def test_the_digest_is_that_of_the_document_which_is_canonical_json(original: Post) -> None:
    document = original.to_document()

    assert original.digest == digest_of(document) == sha256(document).hexdigest()
    assert to_canonical_json(json.loads(document)) == document


def test_the_digest_of_a_published_text_never_changes() -> None:
    """Confirmations name digests. If this one moves, every confirmation loses the text it was given for."""
    assert post().digest == "14b32b1ac80c9a87b4a59704cbc08d6f7836df16f5821c950c1a9c043bc74384"


@pytest.mark.parametrize(
    "changed",
    [
        post(id="bai-khac"),
        post(title="Tiêu đề khác"),
        post(summary="Tóm tắt khác"),
        post(text="Nội dung khác.\n"),
        post(audience=Audience(units=(OFFICE,))),
        post(lead_units=("Thanh tra",)),
        post(cooperating_units=()),
        post(publish_at=datetime(2025, 10, 2, tzinfo=UTC)),
        post(revision=Revision(2, Change.CORRECTION, "Sửa lỗi chính tả.")),
        post(source_document=None),
        post(sentence="Tôi đã đọc."),
        post(deadline=Deadline.before_day(date(2025, 11, 6))),
        post(deadline=Deadline.through_day(date(2025, 11, 4))),
        post(verified=True),
    ],
)
def test_whatever_readers_are_shown_is_in_the_digest(changed: Post) -> None:
    assert changed.digest != post().digest


@pytest.mark.parametrize(
    "changed", [post(tags=("pccc",)), post(draft=True), post(expires=datetime(2026, 1, 1, tzinfo=UTC))]
)
def test_what_only_the_editor_decides_leaves_the_digest(changed: Post) -> None:
    assert changed.digest == post().digest


@pytest.mark.parametrize("document", [b"", b"\xff", b"[]", b"{}", b"null", b'{"id":1}', post().to_document()[:-1]])
def test_other_bytes_are_not_a_document(document: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- JSON and our own reading word it differently
        post_from_document(document)


def test_a_number_that_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_canonical_json({"share": float("nan")})


def test_a_post_is_seen_from_its_first_instant_until_before_its_last() -> None:
    start, end = datetime(2025, 10, 1, tzinfo=VIET_NAM), datetime(2025, 12, 1, tzinfo=VIET_NAM)
    shown = post(publish_at=start, expires=end)
    tick = timedelta(microseconds=1)

    seen = [shown.is_public_at(instant) for instant in (start - tick, start, end - tick, end)]

    assert seen == [False, True, True, False]


def test_a_post_without_an_end_stays() -> None:
    assert post().is_public_at(datetime(2099, 1, 1, tzinfo=UTC))


def test_a_draft_is_never_seen() -> None:
    assert not post(draft=True).is_public_at(datetime(2025, 11, 1, tzinfo=UTC))


def test_a_post_that_follows_the_roster_keeps_the_digest_of_an_older_program() -> None:
    assert b'"roster"' not in post().to_document()
    assert b'"roster":"fixed"' in post(roster=RosterRule.FIXED).to_document()


def test_a_correction_keeps_confirmations_and_a_replacement_asks_again() -> None:
    assert {change: change.asks_again for change in Change} == {
        Change.FIRST: True,
        Change.CORRECTION: False,
        Change.REPLACEMENT: True,
    }


def test_every_change_has_its_word() -> None:
    assert [change.label for change in Change] == ["đăng lần đầu", "đính chính", "thay thế"]


@pytest.mark.parametrize(
    ("audience", "unit", "category", "included"),
    [
        (Audience(), "Thanh tra", Category.WORKER, True),
        (Audience(units=(OFFICE,)), OFFICE, Category.WORKER, True),
        (Audience(units=(OFFICE,)), "Thanh tra", Category.WORKER, False),
        (Audience(categories=(Category.WORKER,)), "Thanh tra", Category.WORKER, True),
        (Audience(categories=(Category.WORKER,)), "Thanh tra", Category.CIVIL_SERVANT, False),
        (Audience((OFFICE,), (Category.WORKER,)), OFFICE, Category.WORKER, True),
        (Audience((OFFICE,), (Category.WORKER,)), OFFICE, Category.CIVIL_SERVANT, False),
        (Audience((OFFICE,), (Category.WORKER,)), "Thanh tra", Category.WORKER, False),
    ],
)
def test_an_audience_is_of_units_and_of_categories(
    *, audience: Audience, unit: str, category: Category, included: bool
) -> None:
    assert audience.includes(unit, category) == included


@pytest.mark.parametrize(
    ("audience", "in_words"),
    [
        (Audience(), "toàn thể công chức, viên chức, người lao động"),
        (Audience(units=(OFFICE, "Thanh tra")), "công chức, viên chức, người lao động của Văn phòng, Thanh tra"),
        (Audience(categories=(Category.WORKER,)), "người lao động"),
        (Audience((OFFICE,), (Category.CIVIL_SERVANT,)), "công chức của Văn phòng"),
    ],
)
def test_an_audience_in_words(audience: Audience, in_words: str) -> None:
    assert audience.format() == in_words


@pytest.mark.parametrize(
    ("number", "declared", "kind"),
    [
        ("485/TB-VPCP", None, "Thông báo"),
        ("105/2025/NĐ-CP", None, "Nghị định"),
        ("12/2026/TT-BKHCN", None, "Thông tư"),
        ("57-NQ/TW", None, "Nghị quyết"),
        ("05/CĐ-TTg", None, "Công điện"),
        ("12/KH-SKHCN", None, "Kế hoạch"),
        ("3/QĐ-UBND", None, "Quyết định"),
        ("7/CT-TTg", None, "Chỉ thị"),
        ("9/TTr-STC", None, "Tờ trình"),
        ("10/BC-STC", None, "Báo cáo"),
        ("91/2025/QH15", None, None),
        ("91/2025/QH15", "Luật", "Luật"),
        ("6246/UBND-NC", None, None),
        ("6246/UBND-NC", "Công văn", "Công văn"),
        ("485/TB-VPCP", "Kết luận", "Kết luận"),
        (None, "Kế hoạch", "Kế hoạch"),
    ],
)
def test_the_kind_of_a_document_is_the_declared_one_or_that_of_its_symbol(
    number: str | None, declared: str | None, kind: str | None
) -> None:
    source = SourceDocument("Cơ quan", "Trích yếu", number, kind=declared)

    assert source.known_kind == kind
    assert source.name == f"{kind or 'Văn bản'} {f'số {number}' if number else 'chưa ghi số'}"


def test_a_source_document_is_cited_in_one_line() -> None:
    source = SourceDocument("Văn phòng Chính phủ", "Trích yếu", "485/TB-VPCP", date(2025, 9, 15))

    assert source.format() == "Thông báo số 485/TB-VPCP ngày 15/9/2025 của Văn phòng Chính phủ"
    assert source.format_in_paper() == "Thông báo số 485/TB-VPCP ngày 15 tháng 9 năm 2025 của Văn phòng Chính phủ"
    assert "ngày 05/02/2026" in replace(source, issued_on=date(2026, 2, 5)).format()
    assert replace(source, number=None, issued_on=None, kind="Kế hoạch").format() == (
        "Kế hoạch chưa ghi số, chưa ghi ngày, của Văn phòng Chính phủ"
    )


def test_a_source_document_keeps_what_its_letterhead_and_signature_say() -> None:
    source = SourceDocument(
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Về việc phổ biến", kind="Thông báo", superior="UBND TỈNH SƠN LA",
        signer="Nguyễn Thị Hoà", position="GIÁM ĐỐC", recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip
    written = post(source_document=source)

    assert post_from_document(written.to_document()).source_document == source


def test_what_a_source_document_does_not_say_leaves_the_digest_alone() -> None:
    """Revisions that people confirmed before these fields existed must keep their digest."""
    written = post(source_document=SourceDocument("Văn phòng Chính phủ", "Kết luận"))

    facts = json.loads(written.to_document())

    assert set(facts["source_document"]) == {"number", "issuer", "issued_on", "subject"}
