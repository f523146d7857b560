"""Convert one Word document: ``python -m campaign.word DOCUMENT FOLDER``. Exit code 1 when it is refused.

The conversion and the pictures are left in FOLDER, for the process that asks the editor.
"""

import argparse
import gc
import json
import sys
from pathlib import Path

from campaign.errors.base import CampaignError
from campaign.errors.word import WordEffortError
from campaign.word.conversion import CONVERSION, REFUSAL, to_json
from campaign.word.converter import convert
from campaign.word.limits import limit_itself


def main() -> int:
    """Run the conversion under the limits of a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m campaign.word", description="Chuyển văn bản Word thành bài.")
    parser.add_argument("document", type=Path, metavar="DOCUMENT")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    limit_itself()
    gc.disable()  # The process ends with its only document; looking for cycles meanwhile costs a fifth of the time.
    try:
        try:
            found, pictures = convert(arguments.document.read_bytes())
        except (MemoryError, RecursionError):
            raise WordEffortError from None
    except CampaignError as error:
        refusal = {"code": error.code, "facts": error.args}
        _leave(arguments.folder, {REFUSAL: json.dumps(refusal, ensure_ascii=False).encode()})
        return 1
    _leave(arguments.folder, {CONVERSION: to_json(found).encode(), **pictures})
    return 0


def _leave(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
