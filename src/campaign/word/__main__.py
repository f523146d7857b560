"""Convert one Word document: ``python -m campaign.word IN OUT``. Exit code 1 when it is refused.

OUT is the post; its pictures go into a folder of the post's name beside it. ``--parts FOLDER`` leaves the conversion
and the pictures there instead, for the process that asks the editor.
"""

import argparse
import gc
import json
import sys
from datetime import date
from pathlib import Path

from campaign.errors.base import CampaignError
from campaign.errors.word import WordEffortError, WordLossError
from campaign.word.conversion import CONVERSION, REFUSAL, Conversion, convert, to_json
from campaign.word.limits import limit_itself
from campaign.word.loss import LEAST_KEPT
from campaign.word.post_file import PostFrame, propose_id, write_post


def main() -> int:
    """Run the conversion under the limits of a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m campaign.word", description="Chuyển văn bản Word thành bài.")
    parser.add_argument("document", type=Path, metavar="IN")
    parser.add_argument("post", type=Path, nargs="?", metavar="OUT")
    parser.add_argument("--parts", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    if (arguments.post is None) == (arguments.parts is None):
        parser.error("OUT hoặc --parts FOLDER")
    limit_itself()
    gc.disable()  # The process ends with its only document; looking for cycles meanwhile costs a fifth of the time.
    try:
        found, pictures = _convert(arguments.document)
        if arguments.parts is None:
            _write(found, pictures, arguments.document, arguments.post)
    except CampaignError as error:
        return _refuse(error, arguments.parts)
    if arguments.parts is not None:
        _leave(arguments.parts, {CONVERSION: to_json(found).encode(), **pictures})
    return 0


def _convert(document: Path) -> tuple[Conversion, dict[str, bytes]]:
    try:
        return convert(document.read_bytes())
    except (MemoryError, RecursionError):
        raise WordEffortError from None


def _write(found: Conversion, pictures: dict[str, bytes], document: Path, post: Path) -> None:
    if found.loss.kept < LEAST_KEPT:
        raise WordLossError(found.loss.kept, found.loss.missing)
    frame = PostFrame(propose_id(found.fields, document.stem), "Văn phòng", found.fields.issued_on or date(2000, 1, 1))
    post.write_text(write_post(found, found.fields, frame), encoding="utf-8")
    if pictures:
        _leave(post.parent / frame.id, pictures)
    for remark in found.remarks:
        print(f"Lưu ý: {remark}.", file=sys.stderr)  # noqa: T201  (it is a command)


def _leave(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _refuse(error: CampaignError, parts: Path | None) -> int:
    if parts is None:
        print(error, file=sys.stderr)  # noqa: T201  (it is a command)
    else:
        refusal = {"code": error.code, "facts": error.args}
        _leave(parts, {REFUSAL: json.dumps(refusal, ensure_ascii=False).encode()})
    return 1


if __name__ == "__main__":
    sys.exit(main())
