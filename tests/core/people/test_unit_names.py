import pytest

from campaign.core.people.unit_names import find_similar, from_capitals, looks_like_unit
from tests.rigs.builders import CENTRE, OFFICE

DIGITAL, SCIENCE = "Phòng Chuyển đổi số", "Phòng Khoa học và Công nghệ"
KNOWN = [OFFICE, SCIENCE, DIGITAL, CENTRE, "Ban Giám đốc", "Phòng Nghiệp vụ 1"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Phòng Chuyển Đổi Số", DIGITAL),
        ("Chuyển đổi số", DIGITAL),
        ("P. Chuyển đổi số", DIGITAL),
        ("P.CĐS", DIGITAL),
        ("PCĐS", DIGITAL),
        ("Phòng chuyễn đổi sô", DIGITAL),
        ("Phòng Chuyển đổi sốs", DIGITAL),
        ("VĂN PHÒNG", OFFICE),
        ("VP", OFFICE),
        ("Phòng KH&CN", SCIENCE),
        ("P. KHCN", SCIENCE),
        ("Phòng Khoa học & Công nghệ", SCIENCE),
        ("Trung tâm Đổi mới – Sáng tạo", CENTRE),
        ("TT ĐMST", CENTRE),
        ("TTĐMST", CENTRE),
        ("BGĐ", "Ban Giám đốc"),
        (DIGITAL, None),
        ("Thanh tra", None),
        ("Phòng Tài chính", None),
        ("Phòng Nghiệp vụ 2", None),
    ],
)
def test_a_unit_is_known_however_it_is_written(written: str, meant: str | None) -> None:
    assert find_similar(written, KNOWN) == meant


def test_a_name_in_capitals_is_written_as_in_sentences() -> None:
    assert from_capitals("PHÒNG HÀNH CHÍNH") == "Phòng Hành chính"
    assert from_capitals("VĂN PHÒNG") == "Văn phòng"
    assert from_capitals("Phòng CĐS") == "Phòng CĐS"


@pytest.mark.parametrize("text", ["VĂN PHÒNG", "P. Hành chính", "Trung tâm Đổi mới", "Ban Giám đốc", "Đội xe"])
def test_what_begins_like_a_unit_looks_like_one(text: str) -> None:
    assert looks_like_unit(text)


@pytest.mark.parametrize("text", ["Lò Thị Bình", "Tô Văn An", "Đoàn Thị Chi", "Nguyễn Văn Ban", ""])
def test_a_name_of_a_person_does_not(text: str) -> None:
    assert not looks_like_unit(text)
