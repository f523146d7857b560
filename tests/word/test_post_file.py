"""The post that a document becomes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from campaign.word.conversion import Conversion, FoundFields, from_json, to_json
from campaign.word.loss import Loss
from campaign.word.post_file import PostFrame, fit_fields, propose_id, write_post

FIELDS = FoundFields(
    kind="Thông báo", number="05/TB-SKHCN", issued_on=date(2025, 11, 5), superior="UBND TỈNH SƠN LA",
    issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ", subject="Về việc “phổ biến”: đợt 1", signer="Nguyễn Thị Hoà",
    position="KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC", recipients=("Như trên", "Lưu: VT, VP"),
)  # fmt: skip
FRAME = PostFrame("thong-bao-05", "Văn phòng", date(2025, 11, 6))
CONVERSION = Conversion(FIELDS, "Nội dung\n\n![Hình 1](hinh-1.png)\n", Loss(100, ()), ("hinh-1.png",), ("một lời",))


def read(fields: FoundFields) -> object:
    return read_post("a.md", split_front_matter("a.md", write_post(CONVERSION, fields, FRAME).encode()), ["Văn phòng"])


def test_the_post_is_read_back_by_the_schema_with_every_field() -> None:
    post = read_post("a.md", split_front_matter("a.md", write_post(CONVERSION, FIELDS, FRAME).encode()), ["Văn phòng"])

    source = post.source_document
    assert source is not None
    assert (source.kind, source.number, source.issued_on) == ("Thông báo", "05/TB-SKHCN", date(2025, 11, 5))
    assert (source.superior, source.issuer, source.subject) == (FIELDS.superior, FIELDS.issuer, FIELDS.subject)
    assert (source.signer, source.position, source.recipients) == (FIELDS.signer, FIELDS.position, FIELDS.recipients)
    assert post.title == "Thông báo số 05/TB-SKHCN: Về việc “phổ biến”: đợt 1"
    assert post.draft
    assert not post.verified


@pytest.mark.parametrize(
    "text", ["- a", "a: b", "'", '"', "no", "0123", "# a", "[a]", "{a}", "@a", "a\\b", "a:", "!a", "*a"]
)
def test_any_field_survives_the_front_matter(text: str) -> None:
    post = read_post(
        "a.md",
        split_front_matter("a.md", write_post(CONVERSION, replace(FIELDS, subject=text, signer=text), FRAME).encode()),
        ["Văn phòng"],
    )

    assert post.source_document is not None
    assert (post.source_document.subject, post.source_document.signer) == (text, text)


@pytest.mark.parametrize(
    "fields", [FoundFields(), FoundFields(kind="Kế hoạch"), FoundFields(issuer="BỘ CÔNG AN", subject="x" * 1900)]
)
def test_a_post_with_gaps_is_still_a_post(fields: FoundFields) -> None:
    read(fields)


texts = st.text(max_size=40) | st.text(st.characters(), max_size=40).map(lambda text: text * 60)


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        FoundFields, kind=texts, number=texts, issued_on=st.none() | st.dates(), superior=texts, issuer=texts,
        subject=texts, signer=texts, position=texts, recipients=st.lists(texts, max_size=4).map(tuple),
    )
)  # fmt: skip
def test_whatever_is_proposed_the_post_satisfies_the_schema(fields: FoundFields) -> None:
    proposed, _ = fit_fields(fields)

    read(proposed)


def test_a_long_recipient_and_position_are_kept_and_what_is_no_name_is_left_out_with_a_remark() -> None:
    long = replace(FIELDS, recipients=("Các sở " * 50, "Như trên", "x" * 900), position="PHÓ GIÁM ĐỐC, " * 20)

    proposed, remarks = fit_fields(long)

    assert proposed.recipients == (("Các sở " * 50).strip(), "Như trên")
    assert proposed.position == ("PHÓ GIÁM ĐỐC, " * 20).strip()
    assert remarks == (f"một nơi nhận dài 900 ký tự, quá 500, nên bỏ ra: “{'x' * 60}…”",)


def test_pictures_stand_in_a_folder_of_the_post() -> None:
    assert "](thong-bao-05/hinh-1.png)" in write_post(CONVERSION, FIELDS, FRAME)


def test_the_id_comes_from_the_number_or_the_file() -> None:
    assert propose_id(FIELDS, "x") == "thong-bao-05-tb-skhcn"
    assert propose_id(FoundFields(), "Kế hoạch tuần 3") == "ke-hoach-tuan-3"
    assert propose_id(FoundFields(), "!") == "van-ban"


def test_a_conversion_goes_through_another_process_unchanged() -> None:
    assert from_json(to_json(CONVERSION)) == CONVERSION
