"""Find code that nothing uses: ``.venv/bin/python scripts/unused.py``. Exit code 1 when there is any.

What only tests use is unused too. A name that a template, a script or a configuration names is used.
"""

import re
import sys
from pathlib import Path

from environment import ROOT
from vulture import Vulture

READ_BESIDES = {".html", ".js", ".toml", ".md"}
"""The kinds of files that name functions and fields without importing them."""
CALLED_BY_LIBRARIES = [
    *("on_*", "read_source", "dirty", "template_name"),  # MkDocs
    *("handle_starttag", "handle_endtag", "handle_data", "get_field", "format_field", "__init_subclass__"),  # Python
    *(
        "bind_processor",
        "result_processor",
        "process_bind_param",
        "process_result_value",
        "impl",
        "cache_ok",
    ),  # SQLAlchemy
    *(
        "load_bytecode",
        "dump_bytecode",
        "send_400_response",
        "msg",
        "trace",
        "set_up",
        "take_confirmation",
        "wall",
    ),  # Jinja, uvicorn, http.server, FastAPI
    *("collect", "SEEN_BY"),  # Prometheus; what a test holds against the page about personal data
    *("slip_issued_at", "MISTAKE", "MutableMapping"),  # written by asdict, chosen by its value, named in a string
    *(
        "consistency_proof",
        "verify_consistency",
        "root_at",
        "node_reader",
        "with_signatures",
    ),  # for followers of the log
]


def main() -> int:
    """Print each unused name with its place."""
    finder = Vulture(
        ignore_names=CALLED_BY_LIBRARIES,
        ignore_decorators=["@*.command", "@*.group", "@*command", "@event.listens_for"],
    )
    finder.scavenge([ROOT / "src", ROOT / "scripts"])
    named = read_words(*(ROOT / name for name in ("src", "content", "mkdocs.yml", "pyproject.toml"))) | read_holes()
    found = [item for item in finder.get_unused_code() if item.typ != "attribute" and item.name not in named]
    for item in found:
        print(f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name}")
    return 1 if found else 0


def read_holes() -> set[str]:
    """Return the names in the holes of templates in Python: the texts of faults."""
    texts = (file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.py"))
    return {name for text in texts for name in re.findall(r"{(\w+)", text)}


def read_words(*places: Path) -> set[str]:
    """Return every word of the files at *places* that are not Python."""
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    texts = (file.read_text(encoding="utf-8") for file in files if file.suffix in READ_BESIDES | {".yml"})
    return {word for text in texts for word in re.findall(r"\w+", text)}


if __name__ == "__main__":
    sys.exit(main())
