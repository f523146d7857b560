"""The loss check finds what a post lacks, and the whole way loses nothing."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.word.loss import measure_loss
from tests.rigs.word_documents import docx, lvl, num, p, r, tbl, tc, to_post

PARAGRAPHS = [f"Điều {n} quy định việc thứ {n} của đơn vị" for n in range(40)]


def test_a_post_with_every_word_has_lost_none() -> None:
    assert measure_loss(["Căn cứ Luật số 55;"], "**Căn cứ** Luật\\-số 55; &amp; m<sup>2</sup>").kept == 100


def test_missing_words_are_counted_and_named_in_order() -> None:
    loss = measure_loss(PARAGRAPHS, "\n\n".join(PARAGRAPHS[:10] + PARAGRAPHS[11:]))

    assert loss.kept == pytest.approx(97.5)
    assert loss.missing[0] == "10"


def test_a_word_must_be_there_as_often_as_in_the_document() -> None:
    assert measure_loss(["không không"], "không").kept == 50


def test_the_address_of_a_link_is_no_word() -> None:
    assert measure_loss(["xem luat"], "[xem](<https://a.example/luat>)").kept == 50


def test_an_empty_document_has_lost_nothing() -> None:
    assert measure_loss([], "").kept == 100


words = st.text(st.sampled_from("aăâbcdđêôơưạậ1290.-/()*_[]#" + string.ascii_uppercase), min_size=1, max_size=9)
texts = st.lists(words, min_size=1, max_size=8).map(" ".join)
looks = st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:caps/>", '<w:vertAlign w:val="superscript"/>'])
runs = st.builds(r, texts, looks)
inserted = runs.map(lambda run: f"<w:ins>{run}</w:ins>")
deleted = st.just("<w:del><w:r><w:delText>ĐÃBỎĐI</w:delText></w:r></w:del>")
moved = runs.map(lambda run: f"<w:moveTo>{run}</w:moveTo>")
contents = st.lists(st.one_of(runs, inserted, deleted, moved), min_size=1, max_size=5).map("".join)
marks = st.sampled_from(["", "<w:rPr><w:del/></w:rPr>", num("1"), num("1", 1), num("2"), num("0")])
paragraphs = st.builds(p, contents, marks)
cells = st.builds(
    tc,
    st.lists(paragraphs, min_size=1, max_size=2).map("".join),
    st.sampled_from(["", '<w:gridSpan w:val="2"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>']),
)
tables = st.builds(
    lambda rows, is_framed: tbl(rows, is_framed=is_framed),
    st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=3),
    st.booleans(),
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{lvl(0, "Điều %1.")}{lvl(1, "%2)", "lowerLetter")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=6).map("".join))
def test_any_document_keeps_every_word_and_label(body: str) -> None:
    """``to_post`` compares the words with those of the XML; deleted ones must not come back."""
    assert "ĐÃBỎĐI" not in to_post(docx(body, numbering=NUMBERING)).text
