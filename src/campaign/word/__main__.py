"""Convert one Word document: ``python -m campaign.word DOCUMENT FOLDER`` prints the conversion as JSON.

The pictures are left in FOLDER.
"""

import sys
from pathlib import Path

from campaign.limited import serve_limited
from campaign.word.conversion import to_json
from campaign.word.converter import convert


def main() -> int:
    """Run the conversion under the limits of a process of its own."""
    document, folder = map(Path, sys.argv[1:])

    def read() -> bytes:
        """Convert the document."""
        found, pictures = convert(document.read_bytes())
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in pictures.items():
            (folder / name).write_bytes(data)
        return to_json(found).encode()

    return serve_limited(read)


if __name__ == "__main__":
    sys.exit(main())
