"""Read the file on the standard input: ``python -m campaign.lists.files NAME`` prints its sheets as JSON."""

import sys

from campaign.limited import serve_limited
from campaign.lists.files.kinds import read_file
from campaign.lists.sheets import to_json


def main() -> int:
    """Read under the limits of a process of its own."""
    return serve_limited(lambda: to_json(read_file(sys.argv[1], sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    sys.exit(main())
