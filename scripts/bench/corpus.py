"""Posts for the benchmarks: Vietnamese words in the shape of notices, the same ones in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.core.clock import VIET_NAM

_SAID = (
    "phòng cháy chữa cháy cứu nạn cứu hộ an toàn điện nước cửa thoát hiểm lối đi cầu thang bình bột họng nước "
    "đội viên cơ quan đơn vị công chức viên chức người lao động kiểm tra đôn đốc báo cáo kế hoạch thông báo văn bản "
    "chỉ đạo trách nhiệm người đứng đầu tự rà soát khắc phục tồn tại kỹ năng văn hoá chuyển đổi số dữ liệu máy chủ "
    "sạc xe thiết bị nguồn nhiệt dây dẫn ổ cắm hành lang tập huấn thực tập phương án định kỳ hằng năm"
)
WORDS = _SAID.split()
UNITS = ("Văn phòng", "Phòng Khoa học và Công nghệ", "Phòng Chuyển đổi số", "Trung tâm Đổi mới Sáng tạo")
TAGS = ("Kỹ năng", "Văn bản chỉ đạo", "Phòng cháy", "Chuyển đổi số", "An toàn điện")
FIRST_DAY = datetime(2024, 1, 2, 8, tzinfo=VIET_NAM)

_SENTENCES = 25
_WORDS_A_SENTENCE = 20
_ASKING = 50
"""One post of so many asks for a confirmation."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A post of some 680 words.

    Attributes:
        number: Counts from 1.
        text: Its Markdown, without links to other posts, so that every engine can render it.
    """

    number: int
    title: str
    summary: str
    tags: tuple[str, ...]
    published: datetime
    text: str

    @property
    def id(self) -> str:
        """The name of its file and in addresses."""
        return f"bai-{self.number:05}"


def make_posts(count: int) -> Iterator[Sample]:
    """Yield the first *count* posts."""
    for number in range(1, count + 1):
        chance = random.Random(number)  # noqa: S311 - the same posts each time, nothing secret
        yield Sample(
            number=number,
            title=f"Bài {number}: {_words(chance, 6)}",
            summary=_sentence(chance),
            tags=tuple(sorted(chance.sample(TAGS, 2))),
            published=FIRST_DAY + timedelta(hours=4 * number),
            text=_text(chance),
        )


def to_ours(one: Sample) -> str:
    """Return the post's file as our editors write it."""
    asks = "confirmation: Tôi đã đọc bài này.\ndeadline:\n  before: 05/11/2025\n" if one.number % _ASKING == 0 else ""
    return (
        f'---\nid: {one.id}\ntitle: "{one.title}"\nsummary: {one.summary}\n{asks}audience: all\nlead_unit: Văn phòng\n'
        f"revision:\n  number: 1\npublish_at: {one.published:%d/%m/%Y %H:%M}\n"
        f"tags: [{', '.join(one.tags)}]\nverified: true\n---\n\n{one.text}"
    )


def _text(chance: random.Random) -> str:
    parts = []
    for section in range(1, 6):
        parts.append(f"## Mục {section}: {_words(chance, 4)}")
        parts.append("\n".join(_sentence(chance) for _ in range(_SENTENCES // 5)))
        parts.append("\n".join(f"- **{_words(chance, 2)}**: {_words(chance, 8)}." for _ in range(3)))
    rows = "\n".join(f"| {_words(chance, 2)} | {chance.randint(1, 99)} |" for _ in range(4))
    parts.append(f"| Việc | Số |\n|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _sentence(chance: random.Random) -> str:
    return _words(chance, _WORDS_A_SENTENCE).capitalize() + "."


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count))
