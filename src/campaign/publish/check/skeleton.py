"""The file of a new post, with everything declared that it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import yaml

from campaign.core.clock import format_day
from campaign.core.post import RosterRule
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post

_TEXT = """\
Viết đoạn mở đầu ở đây: việc gì, vì sao, ai làm.

## Cần làm gì

1. Việc thứ nhất.
2. Việc thứ hai.
"""


@dataclass(frozen=True, slots=True)
class NewPost:
    """What an editor says of a new post.

    Attributes:
        before: The first day that is late, as it was typed; "" when no confirmation is asked for.
        roster: Which list of people is counted, when a confirmation is asked for.
        day: The day from which it may be seen once it is no draft any more.
    """

    id: str
    title: str
    summary: str
    lead_unit: str
    before: str
    day: date
    roster: RosterRule = RosterRule.FOLLOWING


def write_skeleton(file: str, new: NewPost, units: Collection[str]) -> str:
    """Return the file of a new post: a draft.

    Args:
        file: How the file is named to its editor.
        new: What the editor says.
        units: The names of the units of the campaign.

    Raises:
        Faults: What the editor says cannot be.
    """
    declared: dict[str, object] = {"id": new.id, "title": new.title, "summary": new.summary}
    if new.before:
        declared |= {"confirmation": f"Tôi đã đọc bài “{new.title}”.", "deadline": {"before": new.before}}
    declared |= {
        "audience": "all",
        **({"roster": new.roster.value} if new.before else {}),
        "lead_unit": new.lead_unit,
        "revision": {"number": 1},
        "publish_at": format_day(new.day),
        "draft": True,
        "verified": False,
    }
    head = yaml.safe_dump(declared, allow_unicode=True, sort_keys=False, width=10_000)
    source = f"---\n{head}---\n\n{_TEXT}"
    read_post(file, split_front_matter(file, source.encode()), units)
    return source
