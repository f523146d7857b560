"""The file of a post, written again: what its editor declared as plain values, and the text."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from campaign.core.clock import VIET_NAM, format_day
from campaign.core.post import Audience, Post
from campaign.posts.fields import SPACES
from campaign.posts.front_matter import FrontMatter

Declared = Mapping[str, Any]
"""The front matter as texts, lists and mappings; every scalar is text."""


def to_declared(front: FrontMatter) -> dict[str, Any]:
    """Return what a file declares; keys that this program does not know stay in it."""
    return {key.value: _to_value(value) for key, value in front.declared.value}


def write_file(declared: Declared, text: str, before: FrontMatter | None = None) -> str:
    """Return the file of a post.

    Args:
        declared: What it declares; what is empty is left out.
        text: Its Markdown.
        before: The file that it takes the place of; its front matter stays as it is written when it says the same.
    """
    kept = _without_empty(declared)
    if before and _without_empty(to_declared(before)) == kept:
        return before.head + f"{text.strip()}\n"
    head = yaml.safe_dump(_to_plain(kept), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n\n{text.strip()}\n"


def declare_post(post: Post) -> dict[str, Any]:
    """Return what the file of *post* declares, for where only its document is known."""
    source, deadline = post.source_document, post.deadline
    named = {"through": deadline.last_day} if deadline and deadline.named.startswith("đến") else {}
    named = named or ({"before": deadline.before} if deadline else {})
    audience = {"units": [*post.audience.units], "categories": [*map(str, post.audience.categories)]}
    revision = post.revision
    return {
        "id": post.id,
        "title": post.title,
        "summary": post.summary,
        "source_document": {name: _say(value) for name, value in asdict(source).items()} if source else {},
        "confirmation": post.sentence,
        "deadline": {name: format_day(day) for name, day in named.items()},
        "audience": audience if post.audience != Audience() else "all",
        "roster": post.roster.value if deadline else "",
        "campaign": post.campaign,
        "lead_units": [*post.lead_units],
        "cooperating_units": [*post.cooperating_units],
        "revision": {"number": str(revision.number)}
        | ({"change": revision.change.value, "note": revision.note} if revision.number > 1 else {}),
        "publish_at": f"{post.publish_at.astimezone(VIET_NAM):%d/%m/%Y %H:%M}",
        "tags": [*post.tags],
        "verified": "true" if post.verified else "false",
    }


def _say(value: object) -> object:
    if isinstance(value, date):
        return format_day(value)
    return [*value] if isinstance(value, tuple) else value


def _to_value(node: Node) -> Any:  # noqa: ANN401 - whatever YAML can hold
    if isinstance(node, MappingNode):
        return {key.value: _to_value(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_to_value(item) for item in node.value]
    return SPACES.sub(" ", str(node.value)).strip(" ")


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - whatever YAML can hold
    if not isinstance(value, Mapping):
        return value
    inner = {key: _without_empty(item) for key, item in value.items()}
    return {key: item for key, item in inner.items() if item not in ("", [], {}, None)}


def _to_plain(value: Any) -> Any:  # noqa: ANN401 - whatever YAML can hold
    """Write numbers and flags as YAML has them, without quotation marks."""
    if isinstance(value, Mapping):
        return {key: _to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_to_plain(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdecimal() and str(int(value)) == value else value
