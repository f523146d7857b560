"""The picture of a post tells what it is about."""

import pytest

from campaign.publish.site.subjects import find_pictogram
from tests.rigs.builders import post


@pytest.mark.parametrize(
    ("title", "icon"),
    [
        ("Dùng điện và sạc pin an toàn", "power-plug"),
        ("Thấy cháy: gọi 114", "phone-alert"),
        ("PHÒNG CHÁY nơi làm việc", "fire"),
        ("Nghị định mới về đấu thầu", "scale-balance"),
        ("Tết trồng cây", "bullhorn"),
    ],
)
def test_the_title_names_the_subject(title: str, icon: str) -> None:
    assert find_pictogram(post(title=title, summary="Ba câu.", tags=())) == icon


def test_a_word_inside_another_is_no_subject() -> None:
    assert find_pictogram(post(title="Luận bàn chung", summary="Ba câu.", tags=())) == "bullhorn"
