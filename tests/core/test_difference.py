from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from campaign.core.deadline import Deadline
from campaign.core.difference import ChangedPart, Piece, compare_posts
from campaign.core.post import Audience
from tests.rigs.builders import OFFICE, post

words = st.lists(st.sampled_from(["kiểm", "tra", "ổ", "điện", "trước", "khi", "về,", "gọi", "114"]), max_size=8)
texts = st.lists(words.map(" ".join), max_size=5).map("\n\n".join)


def said(part: ChangedPart, side: str) -> str:
    """Put one side of a difference together again, without regard to line ends."""
    return " ".join("".join(piece.same or getattr(piece, side) for piece in part.pieces).split())


def test_equal_posts_do_not_differ() -> None:
    assert compare_posts(post(), post()) == ()


def test_a_changed_word_is_shown_between_the_words_that_stay() -> None:
    old, new = post(title="Kiểm tra ổ điện hằng tuần"), post(title="Kiểm tra ổ điện hằng ngày")

    assert compare_posts(old, new) == (
        ChangedPart("Tiêu đề", (Piece(same="Kiểm tra ổ điện hằng "), Piece(removed="tuần", added="ngày"))),
    )


def test_unchanged_paragraphs_are_left_out() -> None:
    old, new = post(text="Một.\n\nHai.\n\nBa.\n"), post(text="Một.\n\nHai rưỡi.\n\nBa.\n")

    (part,) = compare_posts(old, new)

    assert part.label == "Nội dung"
    assert said(part, "removed") == "Hai."
    assert said(part, "added") == "Hai rưỡi."


def test_a_new_paragraph_has_only_added_words() -> None:
    (part,) = compare_posts(post(text="Một.\n"), post(text="Một.\n\nHai.\n"))

    assert part == ChangedPart("Nội dung", (Piece(added="Hai."),))


def test_every_part_that_readers_confirm_is_compared() -> None:
    new = post(
        title="Khác",
        summary="Khác",
        source_document=None,
        deadline=Deadline.before_day(date(2025, 11, 6)),
        audience=Audience(units=(OFFICE,)),
        sentence=None,
        text="Khác\n",
    )

    labels = [part.label for part in compare_posts(post(), new)]

    assert labels == [
        "Tiêu đề",
        "Tóm tắt",
        "Văn bản nguồn",
        "Thời hạn",
        "Người cần xác nhận",
        "Câu xác nhận",
        "Nội dung",
    ]


def test_a_post_that_now_asks_for_a_confirmation_shows_what_it_asks() -> None:
    changed = compare_posts(post(sentence=None, deadline=None), post())

    assert [(part.label, said(part, "added")) for part in changed] == [
        ("Thời hạn", "24 giờ 00 ngày 04/11/2025 (giờ Việt Nam)"),
        ("Câu xác nhận", "Tôi đã đọc và hiểu nội dung."),
    ]


@given(old=words, new=words)
def test_both_wordings_can_be_put_together_from_what_is_shown(old: list[str], new: list[str]) -> None:
    changed = compare_posts(post(summary=" ".join(old)), post(summary=" ".join(new)))

    for part in changed:
        assert said(part, "removed").split() == old
        assert said(part, "added").split() == new


@given(old=texts, new=texts)
def test_no_word_that_came_or_went_is_left_out(old: str, new: str) -> None:
    changed = compare_posts(post(text=old), post(text=new))

    gone, come = (" ".join(said(part, side) for part in changed).split() for side in ("removed", "added"))
    assert len(come) - len(gone) == len(new.split()) - len(old.split())
    assert (changed == ()) == (_lines(old) == _lines(new))


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
