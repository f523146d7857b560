"""Links that lead to other machines: followed when an editor asks for it, in a bounded time, never by a build."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import requests

from campaign.core.text import to_nfc
from campaign.errors.base import Place
from campaign.posts.content import PostFile
from campaign.posts.front_matter import split_front_matter
from campaign.posts.rendering import to_raw_html
from campaign.publish.check.outline import Finder, read_outline
from campaign.publish.check.remarks import Remark

SECONDS = 60
"""How long all links together may take."""

_SECONDS_A_LINK = 10
_AT_ONCE = 8
_ASKED_FOR_MORE = {401, 403, 429}
_ERRORS_FROM = 400

_ADVICE = "mở thử bằng trình duyệt; nếu đúng là hỏng thì sửa hoặc bỏ liên kết. Việc đăng bài không bị chặn."


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A link to another machine, and where it is written."""

    place: Place
    address: str


def find_external_links(folder: Path, posts: Iterable[PostFile]) -> Iterator[ExternalLink]:
    """Yield the links of the posts of the content folder that lead to other machines."""
    for file in posts:
        front = split_front_matter(to_nfc(file.path), (folder / file.path).read_bytes())
        finder = Finder(to_nfc(file.path), front)
        for link in read_outline(to_raw_html(file.post.text)).links:
            if link.lower().startswith(("http://", "https://")):
                yield ExternalLink(finder.place_of_link(link), link)


def remark_dead_links(links: Collection[ExternalLink], seconds: float = SECONDS) -> Iterator[Remark]:
    """Follow every link once, and yield a remark for each that leads nowhere.

    Args:
        links: The links.
        seconds: How long all of them together may take; of those that were not reached, a remark says so.
    """
    answers = _ask_all({link.address for link in links}, seconds)
    for link in links:
        reason = answers.get(link.address, f"chưa kịp hỏi trong {seconds:g} giây")
        if reason:
            yield Remark(link.place, f"liên kết “{link.address}” {reason}", _ADVICE)


def _ask_all(addresses: Iterable[str], seconds: float) -> Mapping[str, str]:
    """Return what is wrong with each address that answered in time. Threads that still wait end with the program."""
    waiting = SimpleQueue[str]()
    for address in sorted(addresses):
        waiting.put(address)
    answers: dict[str, str] = {}

    def work() -> None:
        while True:
            try:
                address = waiting.get_nowait()
            except Empty:
                return
            answers[address] = _ask(address)

    until = time.monotonic() + seconds
    threads = [Thread(target=work, daemon=True) for _ in range(_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    return dict(answers)


def _ask(address: str) -> str:
    """Say what is wrong with an address, or nothing; only the head of its answer is read."""
    try:
        with requests.get(address, timeout=_SECONDS_A_LINK, stream=True) as answer:
            status = answer.status_code
    except requests.Timeout:
        return f"không trả lời trong {_SECONDS_A_LINK} giây"
    except requests.exceptions.SSLError:
        return "có chứng thư HTTPS không dùng được"
    except (requests.RequestException, ValueError):
        return "không nối được"
    if status in _ASKED_FOR_MORE:
        return f"không cho chương trình xem (máy chủ trả lời {status})"
    return f"không mở được (máy chủ trả lời {status})" if status >= _ERRORS_FROM else ""
