"""Text from before Unicode."""
# ruff: noqa: RUF001  (the bytes of old encodings look like other signs)

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
        ("\xadu tiªn; \xad®iÒu 5, \xad 2, n\xad\xadíc", Encoding.TCVN3, "ưu tiên; điều 5,  2, nước"),
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


VISCII = (
    "Cµng hòa xã hµi chü nghîa Vi®t Nam. Quyªt ð¸nh v« vi®c phát tri¬n công ngh® thông tin cüa tïnh. Cån cÑ Lu§t T± "
    "chÑc Hµi ð°ng nhân dân ngày 26 tháng 11 nåm 2003; theo ð« ngh¸ cüa Giám ð¯c S· Nµi vø."
)


@pytest.mark.parametrize("font", ["VPS Times", "Times New Roman", ".VnTime", ""])
def test_an_encoding_that_is_not_known_is_refused(font: str) -> None:
    with pytest.raises(WordFontError):
        convert(docx(p(r(VISCII, f'<w:rFonts w:hAnsi="{font}"/>'))))


FONTS = [
    ".VnTime", "VNSTCVN3", "VnSouthern(Ds)", "VnArialH(Ds)", "DT-Times", "Times New Roman", "VnTime", "VNtimes",
    "ABC-Times", "UVnTime", "VNI-Times", "",
]  # fmt: skip
UNICODE = "Quyết định về việc phát triển công nghệ thông tin của tỉnh, không kể ông bà"


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(
    "stored",
    [
        "QuyÕt ®Þnh vÒ viÖc ph¸t triÓn c«ng nghÖ th«ng tin cña tØnh, kh«ng kÓ «ng bµ",
        "Quyeát ñònh veà vieäc phaùt trieån coâng ngheä thoâng tin cuûa tænh, khoâng keå oâng baø",
        UNICODE,
    ],
)
def test_the_words_tell_the_encoding_whatever_the_font_is_called(font: str, stored: str) -> None:
    fonts = f'<w:rFonts w:hAnsi="{font}"/>' if font else ""

    assert to_text(p(r(stored, fonts)), styles="") == f"{UNICODE}\n"


def test_a_word_that_could_be_in_two_encodings_is_read_like_its_neighbours() -> None:
    assert to_text(p("§iÒu kiÖn ®¨ng ký dù tuyÓn")) == "Điều kiện đăng ký dự tuyển\n"
    assert to_text(p("Điều kiện đăng ký dù tuyển")) == "Điều kiện đăng ký dù tuyển\n"


def test_stretches_of_several_encodings_are_told_apart_in_one_document() -> None:
    body = (
        p("Căn cứ Luật Tổ chức chính quyền địa phương;") + p("vÒ viÖc thµnh lËp Tæ c«ng t¸c")
        + p("Giao Sôû Khoa hoïc vaø Coâng ngheä chuû trì") + p(r("Quyết định ") + r("vÒ viÖc", TCVN3))
    )  # fmt: skip

    assert to_text(body).split("\n\n") == [
        "Căn cứ Luật Tổ chức chính quyền địa phương;", "về việc thành lập Tổ công tác",
        "Giao Sở Khoa học và Công nghệ chủ trì", "Quyết định về việc\n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "foreign",
    [
        "Müller, Köln, Straße, für größere Städte", "façade, naïve, où, île, élève, garçon, déjà vu",
        "España, niño, año",
        "Windows® 11, 25°C, 5 µm, ±2%, m², ½, § 5, «Luật», 10×20, © 2025", "theo¹ ban² kho¹", "Čeština, Łódź",
    ],
)  # fmt: skip
def test_other_languages_and_signs_in_a_unicode_document_stay(foreign: str) -> None:
    body = p("Căn cứ Luật Tổ chức chính quyền địa phương;") + p(foreign)

    assert to_text(body).endswith(f"\n\n{foreign}\n")
    assert to_text(p(foreign)) == f"{foreign}\n"


def test_legacy_capitals_by_font_are_capitals() -> None:
    assert to_text(p(r("quyÕt ®Þnh", '<w:rFonts w:hAnsi=".VnTimeH"/>'))) == "QUYẾT ĐỊNH\n"
