"""What text looks like after styles, defaults and its own settings."""

from tests.rigs.word_documents import NAMES, docx, p, r, to_post, to_text

BOLD = '<w:style w:type="paragraph" w:styleId="Dam"><w:rPr><w:b/></w:rPr></w:style>'
BASED = '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dam"/></w:style>'
STRONG = '<w:style w:type="character" w:styleId="Manh"><w:rPr><w:b/></w:rPr></w:style>'


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_bold_is_inherited_from_the_style_below() -> None:
    assert to_text(p("chữ đậm", style("Con")), styles=BOLD + BASED) == "**chữ đậm**\n"


def test_a_run_switches_off_what_its_style_switches_on() -> None:
    assert to_text(p(r("thường", '<w:b w:val="0"/>'), style("Dam")), styles=BOLD) == "thường\n"


def test_two_styles_that_both_make_bold_cancel_each_other() -> None:
    assert to_text(p(r("thường", '<w:rStyle w:val="Manh"/>'), style("Dam")), styles=BOLD + STRONG) == "thường\n"


def test_the_default_paragraph_style_applies_where_none_is_named() -> None:
    default = BOLD.replace('w:styleId="Dam"', 'w:styleId="Dam" w:default="1"')

    assert to_text(p("chữ đậm"), styles=default) == "**chữ đậm**\n"


def test_bold_of_the_document_defaults_stays() -> None:
    defaults = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"

    assert to_text(p("chữ đậm"), styles=defaults) == "**chữ đậm**\n"


def test_capitals_by_style_are_written_as_capitals() -> None:
    capitals = '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>'

    assert to_text(p("Quyết định", style("Hoa")), styles=capitals) == "QUYẾT ĐỊNH\n"


def test_text_hidden_by_style_is_not_on_the_page() -> None:
    hidden = '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'

    assert to_text(p(r("ẩn", '<w:rStyle w:val="An"/>') + r("hiện")), styles=hidden) == "hiện\n"


def test_styles_in_a_circle_end() -> None:
    circle = '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>'

    assert to_text(p("chữ", style("A")), styles=circle) == "chữ\n"


def test_raised_and_struck_text_keep_their_marks() -> None:
    body = p(r("m") + r("2", '<w:vertAlign w:val="superscript"/>') + r(" cũ", "<w:strike/>"))

    assert to_text(body) == "m<sup>2</sup> <s>cũ</s>\n"


def test_the_fonts_of_the_theme_decide_the_encoding() -> None:
    theme = f'<a:theme {NAMES}><a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:theme>'
    body = p(r("TØnh ñy", '<w:rFonts w:hAnsiTheme="minorHAnsi" w:ascii="Times New Roman"/>'))

    text = to_post(
        docx(body + p(r("kh«ng", '<w:rFonts w:hAnsi=".VnTime"/>')), theme="", files={"word/theme.xml": theme})
    ).text

    assert text == "Tỉnh ủy\n\nkhông\n"
