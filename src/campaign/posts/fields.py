"""A mapping of the front matter, read key by key."""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaign.core.clock import VIET_NAM
from campaign.errors.base import CampaignError
from campaign.errors.posts import PostKeyMissingError, PostKeyUnknownError, PostValueError
from campaign.posts.front_matter import place_of

_DAY = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})|(?P<iso>\d{4}-\d{2}-\d{2})", re.ASCII)
_INSTANT = re.compile(rf"(?:{_DAY.pattern})(?:[ T](?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}))?", re.ASCII)
SPACES = re.compile(r"[ \t\r\n]+")
"""Not the no-break space: it keeps "Điều 8" on one line."""
_NO_DAY = "phải là ngày/tháng/năm có thật, không kèm giờ"
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter.

    Attributes:
        example: How it is written, shown to whoever got it wrong.
        required: Whether every post (or every mapping of that kind) must have it.
    """

    example: str
    required: bool = False


class Fields:
    """One mapping of the front matter. Faults are gathered; what could not be read comes back empty.

    Attributes:
        nodes: The values by key, unknown keys among them.
    """

    def __init__(
        self, file: str, node: MappingNode, keys: Mapping[str, Key], faults: list[CampaignError], prefix: str = ""
    ) -> None:
        """Note the unknown keys and the missing ones of *node*.

        Args:
            file: How the file is named to its editor.
            node: The mapping.
            keys: The keys that it may and must have.
            faults: Where faults are gathered.
            prefix: The keys above, as ``deadline.``.
        """
        self._file = file
        self._keys = keys
        self._faults = faults
        self._prefix = prefix
        self.nodes: dict[str, Node] = {key.value: value for key, value in node.value}
        for key, _ in node.value:
            if key.value not in keys:
                faults.append(PostKeyUnknownError(place_of(file, key), prefix + key.value, tuple(keys)))
        self.require(*(name for name, key in keys.items() if key.required))

    def require(self, *names: str) -> None:
        """Note each of *names* that is missing."""
        for name in names:
            if name not in self.nodes:
                self._faults.append(PostKeyMissingError(self._file, self._prefix + name, self._keys[name].example))

    def require_together(self, *names: str) -> None:
        """Note those of *names* that are missing while another is there."""
        if any(name in self.nodes for name in names):
            self.require(*names)

    def refuse(self, name: str, reason: str, example: str = "") -> None:
        """Note that the value of *name* cannot be."""
        place = place_of(self._file, self.nodes[name])
        example = example or self._keys[name].example
        self._faults.append(PostValueError(place, self._prefix + name, reason, example))

    def is_text(self, name: str) -> bool:
        """Say whether *name* is there and holds one piece of text."""
        return isinstance(self.nodes.get(name), ScalarNode)

    def text(self, name: str, limit: int = 200) -> str:
        """Read one piece of text, white space made single; "" when it is not there."""
        node = self.nodes.get(name)
        if node is None:
            return ""
        if not isinstance(node, ScalarNode):
            self.refuse(name, "phải là một đoạn chữ")
            return ""
        return self._within(name, node, limit)

    def _within(self, name: str, node: ScalarNode, limit: int) -> str:
        value = SPACES.sub(" ", node.value).strip(" ")
        if not value:
            self.refuse(name, "đang để trống")
        elif len(value) > limit:
            self.refuse(name, f"dài {len(value)} ký tự, tối đa {limit}")
        return value

    def texts(self, name: str, limit: int = 200) -> tuple[str, ...]:
        """Read a list of texts; empty when it is not there."""
        node = self.nodes.get(name)
        if node is None:
            return ()
        items = node.value if isinstance(node, SequenceNode) else []
        if not items or not all(isinstance(item, ScalarNode) for item in items):
            self.refuse(name, "phải là danh sách có ít nhất một mục, trong ngoặc vuông hoặc mỗi mục một dòng có “-”")
            return ()
        return tuple(self._within(name, item, limit) for item in items)

    def inner(self, name: str, keys: Mapping[str, Key]) -> "Fields | None":
        """Read a mapping; nothing when it is not there."""
        node = self.nodes.get(name)
        if node is None:
            return None
        if not isinstance(node, MappingNode):
            self.refuse(name, f"phải gồm các khoá con {', '.join(keys)}")
            return None
        return Fields(self._file, node, keys, self._faults, f"{self._prefix}{name}.")

    def inners(self, name: str, keys: Mapping[str, Key]) -> "list[Fields]":
        """Read a list of mappings; empty when it is not there."""
        node = self.nodes.get(name)
        if node is None:
            return []
        items = node.value if isinstance(node, SequenceNode) else []
        if not items or not all(isinstance(item, MappingNode) for item in items):
            self.refuse(name, f"phải là danh sách, mỗi mục bắt đầu bằng “-” và gồm các khoá con {', '.join(keys)}")
            return []
        return [Fields(self._file, item, keys, self._faults, f"{self._prefix}{name}.") for item in items]

    def matching(self, name: str, pattern: re.Pattern[str], reason: str) -> str:
        """Read a text of one form; "" when it has another."""
        value = self.text(name)
        if value and not pattern.fullmatch(value):
            self.refuse(name, reason)
            return ""
        return value

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """Read one of the *allowed* texts; "" when it is another."""
        value = self.text(name)
        return value if not value or self._is_allowed(name, value, allowed) else ""

    def some_of(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Read a list of *allowed* texts, without the others."""
        return tuple(value for value in self.texts(name) if value and self._is_allowed(name, value, allowed))

    def _is_allowed(self, name: str, value: str, allowed: Collection[str]) -> bool:
        if value not in allowed:
            self.refuse(name, f"có giá trị “{value}” không dùng được", f"một trong: {'; '.join(allowed)}")
        return value in allowed

    def flag(self, name: str) -> bool:
        """Read ``true`` or ``false``; false when it is not there."""
        return _FLAGS.get(self.one_of(name, _FLAGS), False)

    def day(self, name: str) -> date | None:
        """Read a day in Viet Nam, day before month; nothing when it is not there."""
        found = self._read_instant(name, self.text(name), _DAY, _NO_DAY)
        return found and found.date()

    def days(self, name: str) -> tuple[date, ...]:
        """Read a list of days in Viet Nam; empty when it is not there."""
        days = [self._read_instant(name, text, _DAY, _NO_DAY) for text in self.texts(name)]
        return tuple(day.date() for day in days if day)

    def instant(self, name: str) -> datetime | None:
        """Read a day in Viet Nam (its first instant), or a day and a time; nothing when it is not there."""
        reason = "phải là ngày/tháng/năm có thật, có thể kèm giờ:phút"
        return self._read_instant(name, self.text(name), _INSTANT, reason)

    def _read_instant(self, name: str, value: str, pattern: re.Pattern[str], reason: str) -> datetime | None:
        found = pattern.fullmatch(value)
        if found:
            parts = found.groupdict()
            day = parts["iso"] or f"{parts['y']}-{parts['m']:0>2}-{parts['d']:0>2}"
            with suppress(ValueError):  # No calendar or clock has it.
                clock = time(int(parts.get("hour") or 0), int(parts.get("minute") or 0), tzinfo=VIET_NAM)
                return datetime.combine(date.fromisoformat(day), clock)
        if value:
            self.refuse(name, f"{reason}, mà lại ghi “{value}”")
        return None
