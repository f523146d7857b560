"""``campaign post import``: Word documents become posts, once their editor has confirmed what was found in them."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from rich.table import Column, Table

from campaign.core.clock import day_in_viet_nam, day_in_words, parse_day
from campaign.core.text import to_nfc
from campaign.errors.base import CampaignError
from campaign.errors.posts import PostExistsError
from campaign.errors.word import WordLossError
from campaign.posts.content import POSTS_FOLDER, read_content
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from campaign.publish.mkdocs.project import MKDOCS_FILE, Project, open_project
from campaign.settings import system_clock
from campaign.word.conversion import Conversion, FoundFields
from campaign.word.loss import LEAST_KEPT
from campaign.word.post_file import PostFrame, propose_id, write_post
from campaign.word.process import convert_file

LABELS = {
    "kind": "Loại văn bản", "number": "Số, ký hiệu", "issued_on": "Ngày ban hành", "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành", "subject": "Trích yếu", "signer": "Người ký", "position": "Chức vụ",
    "recipients": "Nơi nhận",
}  # fmt: skip

_ONE_ID = "--id chỉ dùng khi nhập một tệp."
_DAY_WANTED = "Gõ ngày/tháng/năm có thật, ví dụ 05/11/2025."


@dataclass(slots=True)
class Import:
    """One document on its way to a post.

    Attributes:
        folder: Where its pictures wait.
        error: Why it was refused, or nothing.
        file: The post, relative to the content folder, once it is known.
    """

    document: Path
    folder: Path
    conversion: Conversion | None = None
    found: FoundFields = field(default_factory=FoundFields)
    error: CampaignError | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the editor asks for on the command line."""

    name: str | None
    lead_unit: str
    is_dry: bool
    accepts_loss: bool


@click.command("import")
@click.argument(
    "documents", metavar="TỆP…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--id", "name", metavar="MÃ-BÀI", help="Mã bài; mặc định lấy từ số, ký hiệu. Chỉ dùng khi nhập một tệp.")
@click.option("--lead-unit", metavar="ĐƠN-VỊ", help="Đơn vị chủ trì; mặc định là đơn vị đầu tiên trong mkdocs.yml.")
@click.option("--yes", "is_sure", is_flag=True, help="Không hỏi lại, dùng luôn các mục tìm được.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Chỉ cho xem, không ghi tệp nào.")
@click.option("--accept-loss", "accepts_loss", is_flag=True, help="Vẫn ghi bài khi thiếu quá 0,5% số từ.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON; không hỏi lại.")
def import_word(  # noqa: PLR0913  (one argument an option)
    documents: Sequence[Path], name: str | None, lead_unit: str | None, *, is_sure: bool, is_dry: bool,
    accepts_loss: bool, as_json: bool,
) -> None:  # fmt: skip
    """Đưa văn bản Word (.docx, .doc) thành bài ở dạng bản nháp.

    Ví dụ: campaign post import "Thông báo 485.docx"
    """
    if name and len(documents) > 1:
        raise click.UsageError(_ONE_ID)
    project = open_project(MKDOCS_FILE)
    wishes = Wishes(name, to_nfc(lead_unit or project.options.units[0]), is_dry, accepts_loss)
    asks = not (is_sure or is_dry or as_json)
    with _converting(documents) as imports:
        for one in imports:
            _finish(one, project, wishes, asks=asks)
    if as_json:
        click.echo(json.dumps([_to_facts(one) for one in imports], ensure_ascii=False, indent=1, default=str))
    else:
        _show(imports, is_dry=is_dry)
    if any(one.error for one in imports):
        click.get_current_context().exit(1)


@contextmanager
def _converting(documents: Sequence[Path]) -> Iterator[list[Import]]:
    """Convert every document, with a bar when there are several; the pictures live as long as the context."""
    with tempfile.TemporaryDirectory() as folder:
        imports: list[Import] = []
        bar = track(documents, "Đang đọc", console=Console(stderr=True), disable=len(documents) == 1, transient=True)
        for number, document in enumerate(bar):
            one = Import(document, Path(folder, str(number)))
            one.folder.mkdir()
            imports.append(one)
            try:
                one.conversion = convert_file(document, one.folder)
                one.found = one.conversion.fields
            except CampaignError as error:
                one.error = error
        yield imports


def _finish(one: Import, project: Project, wishes: Wishes, *, asks: bool) -> None:
    """Let the editor confirm what was found, and write the post."""
    if one.conversion is None:
        return
    try:
        if one.conversion.loss.kept < LEAST_KEPT and not wishes.accepts_loss:
            raise WordLossError(one.conversion.loss.kept, one.conversion.loss.missing)
        if asks:
            one.found = _confirm(one)
        _write(one, one.conversion, project, wishes)
    except CampaignError as error:
        one.error = error


def _confirm(one: Import) -> FoundFields:
    """Show the fields, and ask for each anew until the editor says that they are right."""
    found = one.found
    console = Console(markup=False, emoji=False, highlight=False)
    while True:
        table = Table("Mục", f"Tìm thấy trong {one.document.name}")
        for name, label in LABELS.items():
            table.add_row(label, _in_words(getattr(found, name)) or "(không thấy)")
        console.print(table)
        if click.confirm("Các mục trên đã đúng chưa?", default=True):
            return found
        click.echo("Gõ lại từng mục; bấm Enter để giữ, gõ dấu “-” để bỏ trống.")
        found = _ask(found)


def _ask(found: FoundFields) -> FoundFields:
    answers: dict[str, Any] = {}
    for name, label in LABELS.items():
        now = _in_words(getattr(found, name))
        answers[name] = click.prompt(label, default=now, show_default=bool(now), value_proc=partial(_read_field, name))
    return replace(found, **answers)


def _in_words(value: str | date | tuple[str, ...] | None) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def _read_field(name: str, typed: str) -> str | date | tuple[str, ...] | None:
    """Read an answer; a day that cannot be is asked for again."""
    text = "" if typed.strip() == "-" else to_nfc(typed).strip()
    if name == "recipients":
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if name != "issued_on":
        return text
    try:
        return parse_day(text) if text else None
    except ValueError:
        raise click.UsageError(_DAY_WANTED) from None


def _write(one: Import, conversion: Conversion, project: Project, wishes: Wishes) -> None:
    frame = PostFrame(
        wishes.name or propose_id(one.found, one.document.stem), wishes.lead_unit, day_in_viet_nam(system_clock())
    )
    one.file = f"{POSTS_FOLDER}/{frame.id}.md"
    content = read_content(project.content, project.options.units)
    taken = next((file.path for file in content.posts if file.post.id == frame.id), None)
    if taken or (project.content / one.file).exists():
        raise PostExistsError(frame.id, taken or one.file)
    source = write_post(conversion, one.found, frame)
    read_post(one.file, split_front_matter(one.file, source.encode()), project.options.units)
    if wishes.is_dry:
        return
    file = project.content / one.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    for picture in conversion.pictures:
        pictures = file.with_suffix("")
        pictures.mkdir(exist_ok=True)
        shutil.copyfile(one.folder / picture, pictures / picture)


def _to_facts(one: Import) -> dict[str, object]:
    facts: dict[str, object] = {"document": str(one.document), "file": one.file}
    if one.conversion:
        loss = one.conversion.loss
        facts |= {"fields": asdict(one.found), "kept_percent": round(loss.kept, 2), "missing": loss.missing}
        facts |= {"pictures": one.conversion.pictures, "remarks": one.conversion.remarks}
    error = one.error
    return facts | {"error": error and {"code": error.code, "problem": error.problem, "remedy": error.remedy}}


def _show(imports: Sequence[Import], *, is_dry: bool) -> None:
    console = Console(markup=False, emoji=False, highlight=False)
    table = Table(Column("Văn bản", overflow="fold"), Column("Bài", overflow="fold"), "Giữ được", "Kết quả")
    for one in imports:
        kept = f"{one.conversion.loss.kept:.2f}%".replace(".", ",") if one.conversion else ""
        done = "xem thử" if is_dry else "đã ghi"
        table.add_row(one.document.name, one.file, kept, one.error.code if one.error else done)
    console.print(table)
    for one in imports:
        if one.error:
            click.echo(f"\n{one.document.name}\n{one.error}", err=True)
        for remark in one.conversion.remarks if one.conversion else ():
            click.echo(f"Lưu ý, {one.document.name}: {remark}.", err=True)
    if not is_dry and any(not one.error for one in imports):
        click.echo("Bài là bản nháp: đối chiếu với văn bản gốc, viết lại tóm tắt, rồi xoá dòng draft.")
