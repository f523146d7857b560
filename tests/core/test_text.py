import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.text import fold, name_key, sort_key, to_nfc, to_slug, to_spelling

SORTED_NAMES = [
    "Vừ A",
    "Đặng Văn An",
    "Lò Thị An",
    "Nguyễn Thị An",
    "Nguyễn Văn An",
    "Trần Thị Ánh",
    "Lò Văn Ắng",
    "Phạm Thị Ân",
    "Nguyễn Thanh Bình",
    "Lê Thị Chi",
    "Mùa A Chống",
    "Bùi Mạnh Cường",
    "Sùng A Dơ",
    "Cà Thị Dung",
    "Hoàng Văn Dũng",
    "Vàng A Dương",
    "Quàng Văn Đạt",
    "Lường Thị Đôi",
    "Lò Thị Én",
    "Vì Thị Ên",
    "Nguyễn Thị Ha",
    "Lê Thu Hà",
    "Trần Thị Hả",
    "Vì Thị Hã",
    "Cầm Thị Há",
    "Đinh Thị Hạ",
    "Lò Văn Hặc",
    "Giàng Thị Hờ",
    "Nguyễn Thị Oanh",
    "Tòng Văn Ốn",
    "Lò Văn Ơi",
    "Giàng A Pó",
    "Phạm Văn Tú",
    "Thào A Tư",
    "Hà Thị Yến",
]

vietnamese = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxy ÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬỀỂỄẾỆỒỔỖỐỘỜỞỠỚỢỪỬỮỨỰĐ'’-\u0300\u0301\u0303\u0309\u0323", max_size=30
)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(st.text(max_size=30))
def test_folding_drops_marks_whatever_the_text(text: str) -> None:
    bare = unicodedata.normalize("NFD", to_nfc(text).casefold()).replace("đ", "d")

    assert fold(text) == "".join(one for one in bare if not unicodedata.combining(one))


@pytest.mark.parametrize("twin", ["Ðặng Văn Ðức", "Ɖặng Văn Ɖức", "Đặng Văn Đức"])
def test_the_letters_that_look_like_d_with_a_stroke_are_one(twin: str) -> None:
    """U+00D0 and U+0189 are what old converters and some keyboards write for U+0110."""
    assert to_nfc(twin) == "Đặng Văn Đức"
    assert to_nfc(twin.lower()) == "đặng văn đức"
    assert fold(twin) == fold(twin.lower()) == "dang van duc"
    assert name_key(twin) == name_key("Đặng Văn Đức")
    assert sort_key(twin) == sort_key("Đặng Văn Đức")
    assert to_slug(twin) == "dang-van-duc"
    assert to_spelling(twin.split(maxsplit=1)[0]) == to_spelling("Đặng")


def test_names_sort_by_given_name_in_the_vietnamese_alphabet() -> None:
    upside_down = SORTED_NAMES[::-1]

    assert sorted(upside_down, key=name_key) == SORTED_NAMES


def test_names_in_decomposed_form_sort_the_same() -> None:
    mixed = [nfd(name) if place % 2 else name for place, name in enumerate(SORTED_NAMES[::-1])]

    assert [to_nfc(name) for name in sorted(mixed, key=name_key)] == SORTED_NAMES


@given(name=vietnamese)
def test_both_unicode_forms_have_one_key(name: str) -> None:
    assert name_key(nfd(name)) == name_key(to_nfc(name))


@given(name=st.text(max_size=20))
def test_any_text_has_a_key(name: str) -> None:
    assert name_key(name) == name_key(f" {name} ")


@pytest.mark.parametrize("name", ["Lò Văn M\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", ""])
def test_a_tone_without_a_letter_of_its_own_does_not_stop_sorting(name: str) -> None:
    assert sorted(["Nguyễn Văn An", name], key=name_key)


def test_capitals_do_not_matter_in_the_order() -> None:
    assert name_key("ĐẶNG THỊ HOÀ") == name_key("Đặng Thị Hoà")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hoà", "dang thi hoa"),
        ("đặng thị hòa", "dang thi hoa"),
        ("Phòng cháy", "phong chay"),
        ("NGƯỜI LAO ĐỘNG", "nguoi lao dong"),
        ("Thào A Ư’", "thao a u’"),
        ("485/TB-VPCP", "485/tb-vpcp"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_folding_drops_marks_and_capitals(text: str, folded: str, form: str) -> None:
    text = nfd(text) if form == "NFD" else to_nfc(text)

    assert fold(text) == folded


@given(text=vietnamese)
def test_folded_vietnamese_holds_no_mark_and_folds_to_itself(text: str) -> None:
    folded = fold(text)

    assert folded.replace("’", "'").isascii()
    assert fold(folded) == folded


@pytest.mark.parametrize("text", ["hoà", "hòa"])
def test_both_ways_of_placing_the_tone_stand(text: str) -> None:
    assert to_nfc(nfd(text)) == text


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Phòng Chuyển đổi số", "phong-chuyen-doi-so"),
        ("Điện & sạc: an toàn – ngay tại phòng làm việc!", "dien-sac-an-toan-ngay-tai-phong-lam-viec"),
        (nfd("Đơn vị"), "don-vi"),
        ("  --  ", ""),
    ],
)
def test_slugs_are_readable_ascii_words(text: str, slug: str) -> None:
    assert to_slug(text) == slug


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("hoá", "hóa", True),
        ("Thuỷ", "thủy", True),
        ("điện", unicodedata.normalize("NFD", "ĐIỆN"), True),
        ("hoa", "hoá", False),
        ("dien", "điện", False),
        ("diễn", "điện", False),
    ],
)
def test_two_ways_to_write_a_word_are_one_spelling(one: str, other: str, *, are_same: bool) -> None:
    assert (to_spelling(one) == to_spelling(other)) is are_same


@given(st.lists(st.text(max_size=12), max_size=6))
def test_sort_keys_as_bytes_are_in_the_order_of_the_names(names: list[str]) -> None:
    assert sorted(names, key=sort_key) == sorted(names, key=name_key)
