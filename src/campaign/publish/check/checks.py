"""Checking all posts before they are published: what must be fixed, and what an editor should look at again."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from campaign.core.campaign import Campaign
from campaign.core.clock import day_in_viet_nam, format_day
from campaign.core.post import Change, RosterRule
from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError, Faults, Place
from campaign.errors.posts import FileNameFormError, FrontMatterError, PostLinkError, PostUnitError
from campaign.posts.archive import Archive
from campaign.posts.attachments import ContentFiles
from campaign.posts.content import PostFile, find_own, find_unannounced, keep_look, parse_post, read_content
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import FrontMatter, find_cut_values, place_of, split_front_matter
from campaign.publish.check.remarks import Remark
from campaign.publish.check.text_checks import TextCheck

_QUOTE = "đặt cả giá trị trong ngoặc kép; nếu đúng là lời ghi chú thì cứ để."
_SAVE_AS_NFC = "không cần làm gì: trang tự chuyển khi đọc. Muốn tìm chữ trong tệp cho dễ thì lưu lại ở dạng NFC."
_NO_NEED = "không cần làm gì: tệp gốc của anh/chị giữ nguyên, người đọc nhận bản đã lọc."
_SATURDAY = 5
_SOURCE_NUMBER = re.compile(r"\d{1,5}[a-zđ]?(?:/\d{4})?/[A-ZĐ][A-Za-zĐđ0-9&]*(?:-[A-ZĐ][A-Za-zĐđ0-9&.]*)*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What posts are judged by.

    Attributes:
        units: The names of the units in mkdocs.yml.
        archive: What was published.
        now: The time of the check.
        name_of_holiday: Names the day off in Viet Nam that a day is; "" for any other.
        roster_units: The names of the units of the roster; empty when there is none.
        confirmed: How many confirmations count, by post; nothing when that is not known.
    """

    units: Collection[str]
    archive: Archive
    now: datetime
    name_of_holiday: Callable[[date], str]
    roster_units: Collection[str] = ()
    confirmed: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found.

    Attributes:
        posts: The posts that can be read.
        faults: What must be fixed before anything is published.
        remarks: What should be looked at again.
    """

    posts: tuple[PostFile, ...]
    faults: tuple[CampaignError, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class PostSource:
    """The file of a post as it is to be written.

    Attributes:
        path: The file, relative to the content folder, with ``/``.
        source: What it will hold.
        files: The files that come with it, relative to the content folder.
        campaigns: To which it may belong.
    """

    path: str
    source: bytes
    files: Collection[str] = ()
    campaigns: tuple[Campaign, ...] = ()


def check_content(folder: Path, around: Surroundings, *, only_new: bool = False) -> Findings:
    """Check every post of the content folder.

    Args:
        folder: The content folder.
        around: What posts are judged by.
        only_new: Whether posts that readers see as they are need no new look.
    """
    files = ContentFiles(folder, around.archive)
    content = read_content(folder, around.units, around.archive, files=files)
    found: list[CampaignError | Remark] = [*content.faults]
    public = [file for file in content.posts if file.post.is_public_at(around.now)]
    found += find_unannounced(public, around.archive, around.confirmed)
    posts = {file.path: file for file in content.posts}
    hidden = {path for path, file in posts.items() if not file.post.is_public_at(around.now)}
    texts = TextCheck(folder, lambda path: path not in hidden)
    for path in content.paths:
        if only_new and path in posts and around.archive.has(posts[path].post):
            continue
        source, file = (folder / path).read_bytes(), to_nfc(path)
        try:
            front = split_front_matter(file, source)
        except FrontMatterError:  # It is among the faults of the content already.
            continue
        found += _check_file(path, front, posts.get(path), texts, around)
        if path in posts:
            found += (Remark(Place(file), words, _NO_NEED) for words in files.tell_cleaned(posts[path].post))
        if path != file:
            found.append(FileNameFormError(file))
        if source.decode("utf-8-sig") != to_nfc(source.decode("utf-8-sig")):
            found.append(Remark(Place(file), "tệp gõ bằng dấu tổ hợp (NFD)", _SAVE_AS_NFC))
    for path in content.pages:
        with suppress(FrontMatterError):  # It is among the faults of the content already.
            found += texts.check_page(path)
    faults = tuple(finding for finding in found if isinstance(finding, CampaignError))
    return Findings(content.posts, faults, tuple(finding for finding in found if isinstance(finding, Remark)))


def check_draft(file: PostSource, folder: Path, around: Surroundings) -> tuple[CampaignError | Remark, ...]:
    """Check a post that is not in the content folder yet, as `check_content` checks those in it."""
    found: list[CampaignError | Remark] = []
    try:
        front = split_front_matter(file.path, file.source)
    except FrontMatterError as error:
        return (error,)
    read: PostFile | None = None

    def has_file(path: str) -> bool:
        """Say whether the file is there, or will be; where there is no content folder, nobody can say."""
        return path in file.files or path == file.path or not folder.is_dir() or (folder / path).is_file()

    try:
        own = find_own(file.source, around.archive, file.campaigns)
        post = parse_post(file.path, file.source, around.units, own)
        attached, missing = ContentFiles(folder, around.archive).describe(post, file.path)
        found += (fault for fault in missing if not isinstance(fault, PostLinkError) or not has_file(fault.target))
        shown = keep_look(replace(post, attachments=attached), file.path, file.source, around.archive)
        read = PostFile(file.path, shown, files=attached)
    except Faults as faults:
        found += faults.errors
    if read and (folder.is_dir() or not read.post.files):  # Elsewhere nobody has the files that were published.
        found += find_unannounced([read], around.archive, around.confirmed)

    def is_shown(path: str) -> bool:
        """Read the other post to which a link leads."""
        with suppress(CampaignError, OSError):
            source = b"" if path == file.path else (folder / path).read_bytes()
            return not source or parse_post(path, source, around.units, file.campaigns).is_public_at(around.now)
        return True

    found += _check_file(file.path, front, read, TextCheck(folder, is_shown, has_file), around)
    return tuple(found)


def _check_file(
    path: str, front: FrontMatter, post: PostFile | None, texts: TextCheck, around: Surroundings
) -> Iterator[CampaignError | Remark]:
    """Yield what there is to say of one file, beside what keeps it from being read as a *post*."""
    yield from texts.check(path, front, post.post.text if post else fix_text(front.text).text)
    for place, cut in find_cut_values(to_nfc(path), front):
        yield Remark(place, f"chữ “{cut}” bị bỏ: sau dấu cách, “#” mở đầu lời ghi chú", _QUOTE)
    if post:
        yield from _judge(post, front, around)


def _judge(file: PostFile, front: FrontMatter, around: Surroundings) -> Iterator[CampaignError | Remark]:
    yield from _remark_on_deadline(file, front, around)
    yield from _remark_on_source(file, front, around)
    yield from _remark_on_roster(file, front, around)
    post = file.post
    if not around.roster_units or around.archive.has(post):  # What is published meant the units of its day.
        return
    for unit in post.audience.units:
        if unit not in around.roster_units:
            place = _place(file, front, "audience.units", unit)
            yield PostUnitError(place, unit, sorted(around.roster_units))
    for key, units in (("lead_unit", post.lead_units), ("cooperating_units", post.cooperating_units)):
        for unit in units:
            if unit not in around.roster_units:
                advice = "nếu đây là một đơn vị có người trong danh sách thì ghi đúng tên như trong danh sách."
                yield Remark(_place(file, front, key, unit), f"“{unit}” không có trong danh sách", advice)


def _remark_on_deadline(file: PostFile, front: FrontMatter, around: Surroundings) -> Iterator[Remark]:
    post = file.post
    if post.deadline is None:
        return
    place, last = _place(file, front, "deadline"), post.deadline.last_day
    shown = f"hạn cuối {format_day(last)}"
    if not post.deadline.is_met_at(around.now) and not around.archive.numbers(post.id):
        yield Remark(place, f"{shown} đã qua", "ai xác nhận bây giờ cũng bị ghi là quá hạn; kiểm lại ngày.")
    replaces = post.revision.change is Change.REPLACEMENT and not around.archive.has(post)
    if not post.deadline.is_met_at(around.now) and around.archive.numbers(post.id) and replaces:
        count = (around.confirmed or {}).get(post.id, 0)
        fallen = f"{count} xác nhận cũ thôi được tính, " if count else ""
        advice = f"{fallen}mọi người phải xác nhận lại và đều bị ghi là quá hạn; đặt hạn mới, hoặc dùng đính chính."
        yield Remark(place, f"bản thay thế đăng sau khi {shown} đã qua", advice)
    if not post.deadline.is_met_at(post.publish_at):
        yield Remark(place, f"{shown} trước cả ngày đăng", "kiểm lại deadline và publish_at.")
    if post.expires and post.deadline.is_met_at(post.expires):
        yield Remark(place, f"bài thôi hiện trước khi hết hạn ({shown})", "kiểm lại expires.")
    holiday = around.name_of_holiday(last)
    off = "cuối tuần" if last.weekday() >= _SATURDAY else f"ngày nghỉ ({holiday})" if holiday else ""
    if off:
        advice = "hạn không tự dời; nếu muốn mọi người kịp xác nhận trong giờ làm việc, chọn ngày khác."
        yield Remark(place, f"{shown} rơi vào {off}", advice)


def _remark_on_source(file: PostFile, front: FrontMatter, around: Surroundings) -> Iterator[Remark]:
    source = file.post.source_document
    if file.post.sentence and not (source and (source.file or source.url)):
        advice = (
            "đưa toàn văn cạnh bài (source_document.file: kem/van-ban.pdf) hoặc ghi nơi có toàn văn (url: https://…)."
        )
        yield Remark(
            _place(file, front, "source_document"), "bài mời xác nhận mà chưa có toàn văn văn bản nguồn", advice
        )
    if source is None:
        return
    if source.number and not _SOURCE_NUMBER.fullmatch(source.number):
        advice = "thường là số, dấu “/”, rồi chữ hoa nối bằng “-” không cách, ví dụ 485/TB-VPCP, 105/2025/NĐ-CP."
        place = _place(file, front, "source_document.number")
        yield Remark(place, f"số, ký hiệu “{source.number}” khác mẫu thường gặp", advice)
    post = file.post
    needed_on = day_in_viet_nam(max(post.publish_at, around.now) if post.draft else post.publish_at)
    if source.issued_on and source.issued_on > needed_on:
        day = format_day(source.issued_on)
        place = _place(file, front, "source_document.issued_on")
        yield Remark(place, f"văn bản nguồn ban hành ngày {day}, sau ngày đăng bài", "kiểm lại ngày ban hành.")


def _remark_on_roster(file: PostFile, front: FrontMatter, around: Surroundings) -> Iterator[Remark]:
    post, place = file.post, _place(file, front, "roster")
    if post.roster is RosterRule.FIXED and around.confirmed is not None and not around.roster_units:
        advice = "nhập danh sách trước khi đăng; nếu không, danh sách đầu tiên được nhập sẽ là danh sách chốt."
        yield Remark(place, "bài chốt danh sách khi đăng mà chưa có danh sách nào", advice)
    numbers = [number for number in around.archive.numbers(post.id) if number < post.revision.number]
    before = around.archive.load(post.id, numbers[-1]) if post.deadline and numbers else post
    if before.deadline and before.roster is not post.roster:
        problem = f"phiên bản {numbers[-1]} tính {before.roster.label}, phiên bản này tính {post.roster.label}"
        advice = "số người phải xác nhận sẽ thay đổi; danh sách chốt là danh sách lúc đăng phiên bản đầu."
        yield Remark(place, problem, advice)


def _place(file: PostFile, front: FrontMatter, key: str, value: str = "") -> Place:
    """Return where the value of a key is, or that item of its list which is *value*."""
    node = front.declared
    for part in key.split("."):
        found = next((child for name, child in node.value if name.value == part), None)
        if not isinstance(found, MappingNode):
            break
        node = found
    else:
        found = node
    if isinstance(found, SequenceNode):
        items = (item for item in found.value if isinstance(item, ScalarNode) and item.value.strip() == value)
        found = next(items, found)
    return place_of(to_nfc(file.path), found or front.declared)
