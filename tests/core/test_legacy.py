"""Text from before Unicode that no font names."""

import pytest

from campaign.core.legacy import Encoding, decode, guess_encoding, is_misread, is_syllable


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        (["NguyÔn V¨n An", "TrÇn ThÞ B×nh"], ["Nguyễn Văn An", "Trần Thị Bình"]),
        (["M·", "Hä vµ tªn", "§¬n vÞ", "Lo¹i"], ["Mã", "Họ và tên", "Đơn vị", "Loại"]),
        (["Sïng A P\xb8o", "Lß A Dòng"], ["Sùng A Páo", "Lò A Dũng"]),
        (["Nguyeãn Vaên An"], ["Nguyễn Văn An"]),
        (["Phoøng Chuyeån ñoåi soá", "VAÊN PHOØNG"], ["Phòng Chuyển đổi số", "VĂN PHÒNG"]),
    ],
)
def test_the_words_tell_in_which_encoding_they_are(stored: list[str], meant: list[str]) -> None:
    encoding = guess_encoding(stored)

    assert [decode(text, encoding) for text in stored] == meant


@pytest.mark.parametrize(
    "text",
    ["Nguyễn Văn An", "Lò Hà", "Lê Trí", "Giàng A Páo", "H'Lưng Niê", "Ngô Thị Tuyết", "Phòng Chuyển đổi số", "An", ""],
)
def test_vietnamese_in_unicode_stays(text: str) -> None:
    assert guess_encoding([text]) is Encoding.UNICODE
    assert not is_misread(text)


@pytest.mark.parametrize("text", ["Nguyá»…n VÄƒn An", "Nguyá»\x85n", "MÃ£", "Tráº§n", "Ä\ufffdÆ¡n"])
def test_what_was_read_in_the_wrong_encoding_is_noticed(text: str) -> None:
    assert is_misread(text)


@pytest.mark.parametrize("word", ["nguyễn", "Trần", "NGHIÊNG", "quyết", "ý", "giường", "khuỷu", "Páo"])
def test_a_vietnamese_word_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["NguyÔn", "V¨n", "Phoøng", "Vaên", "xyz", "đđ"])
def test_what_cannot_be_vietnamese_is_none(word: str) -> None:
    assert not is_syllable(word)
