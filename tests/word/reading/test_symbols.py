"""Signs of symbol fonts, boxes to tick and what fields show."""

import pytest

from tests.rigs.word_documents import docx, lvl, num, p, r, to_post, to_text


def sym(font: str, code: str) -> str:
    return f'<w:p><w:r><w:sym w:font="{font}" w:char="{code}"/></w:r></w:p>'


def typed(font: str, text: str) -> str:
    return p(r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'))


SIGNS = [
    ("Wingdings", "F0FE", "☑"), ("Wingdings", "F0A8", "☐"), ("Wingdings", "F06F", "☐"), ("Wingdings", "F028", "☎"),
    ("Wingdings", "F0E8", "➔"), ("Wingdings 2", "F052", "☑"), ("Wingdings 2", "F054", "☒"),
    ("Wingdings 2", "F0A3", "☐"),
    ("Wingdings 3", "F07D", "▸"), ("Webdings", "F063", "☐"), ("Symbol", "F02B", "+"), ("Symbol", "F0B3", "≥"),
    ("Symbol", "F0D7", "⋅"), ("Symbol", "F0BB", "≈"), ("Symbol", "F0B7", "•"), ("SymbolMT", "F0B7", "•"),
]  # fmt: skip


@pytest.mark.parametrize(("font", "code", "sign"), SIGNS)
def test_a_sign_is_that_of_its_own_font(font: str, code: str, sign: str) -> None:
    assert to_text(sym(font, code)).strip().removeprefix("\\") == sign
    assert to_text(typed(font, chr(int(code, 16)))).strip().removeprefix("\\") == sign
    assert to_text(typed(font, chr(int(code, 16) - 0xF000))).strip().removeprefix("\\") == sign


@pytest.mark.parametrize("body", [sym("Wingdings", "F0FF"), sym("Phông lạ", "F041"), typed("Phông lạ", "\uf041")])
def test_a_sign_that_no_table_knows_is_a_box_with_a_remark(body: str) -> None:
    found = to_post(docx(body))

    assert found.text == "□\n"
    assert "được thay bằng □" in found.remarks[0]
    assert found.loss.shown == 99.99


def test_words_that_only_name_a_symbol_font_stay_words() -> None:
    assert to_text(typed("Symbol", "Nội dung thông báo")) == "Nội dung thông báo\n"


def test_a_letter_given_as_a_sign_stays_a_letter() -> None:
    assert to_text(sym("Times New Roman", "0041")) == "A\n"


BULLETS = [("Symbol", "F02B", "+"), ("Wingdings", "F0A7", "▪"), ("Lạ", "F041", "•")]


@pytest.mark.parametrize(("font", "code", "bullet"), BULLETS)
def test_a_bullet_is_that_of_its_font(font: str, code: str, bullet: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:hAnsi="{font}"/></w:rPr></w:lvl>'
    level = lvl(0, chr(int(code, 16)), "bullet").replace("</w:lvl>", fonts)
    lists = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering = f'{lists}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'

    assert to_text(p("x", num("1")), numbering=numbering).strip().removeprefix("\\") == f"{bullet} x"


def field(instruction: str, result: str = "", form: str = "") -> str:
    separator = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if result else ""
    return (
        f'<w:p>{r("Mục ")}<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>{separator}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


CHECKED = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
OPEN = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
ENTRIES = "<w:listEntry w:val='Nam'/><w:listEntry w:val='Nữ'/>"
CHOICE = f"<w:ffData><w:ddList><w:result w:val='1'/>{ENTRIES}</w:ddList></w:ffData>"
SIMPLE = f'<w:p>{r("Mục ")}<w:fldSimple w:instr="REF a">{r("2")}</w:fldSimple></w:p>'


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (field("FORMCHECKBOX", form=CHECKED), "Mục ☒"), (field("FORMCHECKBOX", form=OPEN), "Mục ☐"),
        (field("FORMDROPDOWN", form=CHOICE), "Mục Nữ"), (field('SYMBOL 254 \\f "Wingdings" \\s 12'), "Mục ☑"),
        (field("MACROBUTTON NoMacro [Gõ tên]"), "Mục \\[Gõ tên\\]"), (field("PAGE", r("3")), "Mục 3"),
        (field('TC "I. MỤC TIÊU"'), "Mục"), (SIMPLE, "Mục 2"),
    ],
)  # fmt: skip
def test_a_field_shows_what_word_shows(body: str, shown: str) -> None:
    found = to_post(docx(body))

    assert found.text == f"{shown}\n"
    assert (found.remarks, found.loss.shown) == ((), 100)


def test_a_field_without_a_result_is_named() -> None:
    found = to_post(docx(p("Trước") + field("EQ \\f(a,b)")))

    assert found.text == "Trước\n\nMục\n"
    assert found.remarks == ("1 trường “EQ \\f(a,b)” không có kết quả nên không đưa vào bài: sau “Trước”",)
    assert found.loss.shown == 99.99
