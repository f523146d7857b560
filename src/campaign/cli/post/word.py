"""``campaign post import``: Word documents become posts, once their editor has confirmed what was found in them."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.table import Column, Table

from campaign.cli import terminal
from campaign.cli.progress import show_progress
from campaign.core.clock import day_in_viet_nam, format_day, read_day
from campaign.core.text import to_nfc
from campaign.errors.access import DayError
from campaign.errors.base import CampaignError, Faults, Place
from campaign.errors.posts import PostExistsError, PostValueError
from campaign.posts.content import POSTS_FOLDER, read_content
from campaign.posts.front_matter import split_front_matter
from campaign.posts.schema import read_post
from campaign.publish.mkdocs.project import MKDOCS_FILE, Project, open_project
from campaign.settings import system_clock
from campaign.word import Conversion, FoundFields, PostFrame, convert_file, propose_id, write_post

LABELS = {
    "kind": "Loại văn bản", "number": "Số, ký hiệu", "issued_on": "Ngày ban hành", "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành", "subject": "Trích yếu", "signer": "Người ký", "position": "Chức vụ",
    "recipients": "Nơi nhận",
}  # fmt: skip

_ONE_FILE = "--id, --output chỉ dùng khi nhập một tệp."
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
class ImportOptions:
    """What the editor asks for on the command line.

    Attributes:
        output: Where the post goes instead of the content folder, or nothing.
    """

    name: str | None
    lead_unit: str
    output: Path | None
    is_dry: bool
    accepts_loss: bool


@click.command("import")
@click.argument(
    "documents", metavar="TỆP…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--id", "name", metavar="MÃ-BÀI", help="Mã bài; mặc định lấy từ số, ký hiệu. Chỉ dùng khi nhập một tệp.")
@click.option("--lead-unit", metavar="ĐƠN-VỊ", help="Đơn vị chủ trì; mặc định là đơn vị đầu tiên trong mkdocs.yml.")
@click.option(
    "--output",
    metavar="TỆP",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ghi bài vào tệp này (hình ở thư mục bên cạnh) thay vì thư mục nội dung. Chỉ dùng khi nhập một tệp.",
)
@click.option("--yes", "is_sure", is_flag=True, help="Không hỏi lại, dùng luôn các mục tìm được.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Chỉ cho xem, không ghi tệp nào.")
@click.option("--accept-loss", "accepts_loss", is_flag=True, help="Vẫn ghi bài khi thiếu quá 0,5% số từ.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON; không hỏi lại.")
def import_word(  # noqa: PLR0913  (one argument an option)
    documents: Sequence[Path], name: str | None, lead_unit: str | None, output: Path | None, *, is_sure: bool,
    is_dry: bool, accepts_loss: bool, as_json: bool,
) -> None:  # fmt: skip
    """Đưa văn bản Word (.docx, .doc) thành bài ở dạng bản nháp.

    Ví dụ: campaign post import "Thông báo 485.docx"
    """
    if (name or output) and len(documents) > 1:
        raise click.UsageError(_ONE_FILE)
    project = open_project(MKDOCS_FILE)
    options = ImportOptions(name, to_nfc(lead_unit or project.options.units[0]), output, is_dry, accepts_loss)
    asks = not (is_sure or is_dry or as_json)
    with tempfile.TemporaryDirectory() as folder:
        imports = []
        with show_progress("Đang đọc", len(documents)) as advance:
            for number, document in enumerate(documents):
                imports.append(_convert(document, Path(folder, str(number)), options))
                advance(1)
        for item in imports:
            _finish(item, project, options, asks=asks)
    if as_json:
        terminal.print_json([_to_facts(item) for item in imports])
    else:
        _show(imports, is_dry=is_dry)
    if any(item.error for item in imports):
        click.get_current_context().exit(1)


def _convert(document: Path, folder: Path, options: ImportOptions) -> Import:
    folder.mkdir()
    item = Import(document, folder)
    try:
        item.conversion = convert_file(document, folder, accepts_loss=options.accepts_loss)
        item.found = item.conversion.fields
    except CampaignError as error:
        item.error = error
    return item


def _finish(item: Import, project: Project, options: ImportOptions, *, asks: bool) -> None:
    """Let the editor confirm what was found, and write the post."""
    if item.conversion is None:
        return
    try:
        if asks:
            item.found = _confirm(item)
        _write(item, item.conversion, project, options)
    except CampaignError as error:
        item.error = error


def _confirm(item: Import) -> FoundFields:
    """Show the fields, and ask for each again until the editor says that they are right."""
    found = item.found
    while True:
        table = Table("Mục", f"Tìm thấy trong {item.document.name}")
        for name, label in LABELS.items():
            table.add_row(label, _format(getattr(found, name)) or "(không thấy)")
        terminal.show(table)
        if click.confirm("Các mục trên đã đúng chưa?", default=True):
            return found
        click.echo("Gõ lại từng mục; bấm Enter để giữ, gõ dấu “-” để bỏ trống.")
        answers: dict[str, Any] = {}
        for name, label in LABELS.items():
            now, read = _format(getattr(found, name)), partial(_read_field, name)
            answers[name] = click.prompt(label, default=now, show_default=bool(now), value_proc=read)
        found = replace(found, **answers)


def _format(value: str | date | tuple[str, ...] | None) -> str:
    if isinstance(value, date):
        return format_day(value)
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def _read_field(name: str, typed: str) -> str | date | tuple[str, ...] | None:
    """Read an answer; a day that cannot be is asked for again."""
    text = "" if typed.strip() == "-" else to_nfc(typed).strip()
    if name == "recipients":
        return tuple(part.strip() for part in text.split(";") if part.strip())
    if name != "issued_on":
        return text
    try:
        return read_day(text) if text else None
    except DayError:
        raise click.UsageError(_DAY_WANTED) from None


def _write(item: Import, conversion: Conversion, project: Project, options: ImportOptions) -> None:
    posts = [] if options.output else read_content(project.content, project.options.units).posts
    taken = {post.post.id: post.path for post in posts}
    name = options.name or propose_id(item.found, item.document.stem, taken)
    frame = PostFrame(name, options.lead_unit, day_in_viet_nam(system_clock()))
    item.file = str(options.output or f"{POSTS_FOLDER}/{frame.id}.md")
    file = options.output or project.content / item.file
    if frame.id in taken or file.exists():
        raise PostExistsError(frame.id, taken.get(frame.id, item.file))
    source = write_post(conversion, item.found, frame)
    try:
        read_post(item.document.name, split_front_matter(item.file, source.encode()), project.options.units)
    except Faults as faults:
        raise _without_lines(faults) from None
    if options.is_dry:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, "utf-8")
    for picture in conversion.pictures:
        pictures = file.with_name(frame.id)
        pictures.mkdir(exist_ok=True)
        shutil.copyfile(item.folder / picture, pictures / picture)


def _without_lines(faults: Faults) -> Faults:
    """Return *faults* of a post that was not written: its lines are nowhere to be seen."""
    errors = (replace(error, place=Place(error.place.file)) if isinstance(error, PostValueError) else error
              for error in faults.errors)  # fmt: skip
    return Faults(tuple(errors), "Chưa có gì được ghi.")


def _to_facts(item: Import) -> dict[str, object]:
    facts: dict[str, object] = {"document": item.document, "file": item.file, "error": item.error}
    if item.conversion:
        loss = item.conversion.loss
        facts |= {"fields": item.found, "kept_percent": loss.shown, "missing": loss.missing}
        facts |= {"pictures": item.conversion.pictures, "remarks": item.conversion.remarks}
    return facts


def _show(imports: Sequence[Import], *, is_dry: bool) -> None:
    table = Table(Column("Văn bản", overflow="fold"), Column("Bài", overflow="fold"), "Giữ được", "Kết quả")
    for item in imports:
        kept = f"{item.conversion.loss.shown:.2f}%".replace(".", ",") if item.conversion else ""
        done = "xem thử" if is_dry else "đã ghi"
        table.add_row(item.document.name, item.file, kept, item.error.code if item.error else done)
    terminal.show(table)
    for item in imports:
        if item.error:
            click.echo(f"\n{item.document.name}\n{item.error}", err=True)
        for remark in item.conversion.remarks if item.conversion else ():
            click.echo(f"Lưu ý, {item.document.name}: {remark}.", err=True)
    if not is_dry and any(not item.error for item in imports):
        click.echo("Bài là bản nháp: đối chiếu với văn bản gốc, viết lại tóm tắt, rồi xoá dòng draft.")
