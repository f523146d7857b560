"""Text from before Unicode."""

import pytest

from campaign.core.legacy import Encoding, decode, encoding_of
from campaign.errors.word import WordFontError
from campaign.word.converter import convert
from tests.rigs.word_documents import docx, p, r, to_text

TCVN3, VNI = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>', '<w:rFonts w:hAnsi="VNI-Times"/>'
STYLE = '<w:style w:type="paragraph" w:styleId="A" w:default="1"><w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr></w:style>'


@pytest.mark.parametrize(
    ("stored", "encoding", "meant"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", Encoding.TCVN3, "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", Encoding.TCVN3, "Độc lập - Tự do - Hạnh phúc"),
        ("ñy ban nh©n d©n", Encoding.TCVN3_CAPITALS, "ỦY BAN NHÂN DÂN"),
        ("Th\xad tÝn, b\xadu ®iÖn, l\xad¬ng", Encoding.TCVN3, "Thư tín, bưu điện, lương"),
        ("\xadu tiªn; \xad®iÒu 5, \xad 2, n\xad\xadíc", Encoding.TCVN3, "ưu tiên; điều 5,  2, nưước"),
        ("COÄNG HOAØ XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", Encoding.VNI, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp – Töï do – Haïnh phuùc", Encoding.VNI, "Độc lập – Tự do – Hạnh phúc"),
        ("ngöôøi ñöôïc höôûng löông, kyû luaät, nghæ, tyø, lyù, quyõ, kî", Encoding.VNI,
         "người được hưởng lương, kỷ luật, nghỉ, tỳ, lý, quỹ, kỵ"),
        ("không đổi", Encoding.UNICODE, "không đổi"),
    ],
)  # fmt: skip
def test_each_encoding_is_decoded(stored: str, encoding: Encoding, meant: str) -> None:
    assert decode(stored, encoding) == meant


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3), (".VNTIMEH", Encoding.TCVN3_CAPITALS),
        (".VnTimeH;Times New Roman", Encoding.TCVN3_CAPITALS),
        (".VnArial Narrow", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI), ("VNI Helve", Encoding.VNI), ("VPS Times", Encoding.UNKNOWN),
        ("Times New Roman", Encoding.UNICODE), ("Vivaldi", Encoding.UNICODE), ("", Encoding.UNICODE),
    ],
)  # fmt: skip
def test_a_font_tells_its_encoding(font: str, encoding: Encoding) -> None:
    assert encoding_of(font) == encoding


def test_a_letter_whose_bytes_stand_in_two_runs_is_one() -> None:
    assert to_text(p(r("Quye", VNI) + r("át ñònh", VNI))) == "Quyết định\n"


def test_a_letter_in_two_looks_takes_the_first() -> None:
    assert "Quyế" in to_text(p(r("Quye", VNI) + r("át", f"{VNI}<w:b/>")))


def test_a_soft_hyphen_of_a_legacy_run_is_a_letter() -> None:
    soft = f"<w:r><w:rPr>{TCVN3}</w:rPr><w:t>Th</w:t><w:softHyphen/><w:t> ký ®oµn</w:t></w:r>"

    assert to_text(f"<w:p>{soft}</w:p>") == "Thư ký đoàn\n"


def test_characters_of_a_symbol_font_are_bytes_too() -> None:
    moved = "".join(chr(0xF000 + ord(letter)) for letter in "®oµn")

    assert to_text(p(r(moved, TCVN3))) == "đoàn\n"


def test_a_unicode_document_in_a_legacy_style_stays_as_it_is() -> None:
    """An "ô" alone could be TCVN3 for "ụ": the rest of the document tells that it is not."""
    body = p("Uỷ ban nhân dân tỉnh") + p("không") + p("Quyết định")

    assert to_text(body, styles=STYLE) == "Uỷ ban nhân dân tỉnh\n\nkhông\n\nQuyết định\n"


def test_unicode_in_a_legacy_document_stays_as_it_is() -> None:
    body = p("Céng hßa x· héi") + p("§éc lËp") + p("đã sửa bằng Unicode")

    assert to_text(body, styles=STYLE).endswith("Độc lập\n\nđã sửa bằng Unicode\n")


def test_an_encoding_that_is_not_known_is_refused() -> None:
    with pytest.raises(WordFontError):
        convert(docx(p(r("Cµng §¶ng", '<w:rFonts w:hAnsi="VPS Times"/>'))))


def test_legacy_capitals_by_font_are_capitals() -> None:
    assert to_text(p(r("quyÕt ®Þnh", '<w:rFonts w:hAnsi=".VnTimeH"/>'))) == "QUYẾT ĐỊNH\n"
