"""Programs that read files from elsewhere: what they may take, and what they see."""

import sys
from pathlib import Path

import pytest

from campaign import limited
from campaign.errors.roster import RosterFileError
from campaign.limited import EffortError, run_limited

SERVE = "from campaign.limited import serve_limited\nimport sys\nsys.exit(serve_limited({}))\n"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of the name ``reader`` that the other process finds."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "reader.py"


def test_what_a_reader_returns_comes_back(program: Path) -> None:
    program.write_text(SERVE.format("lambda: sys.stdin.buffer.read() + sys.argv[1].encode()"), "utf-8")

    assert run_limited("reader", " và tên", content="chữ".encode()) == "chữ và tên".encode()


def test_a_refusal_comes_back_as_the_same_error(program: Path) -> None:
    body = "def read():\n    raise RosterFileError('tệp', 'hỏng')\n"
    program.write_text(f"from campaign.errors.roster import RosterFileError\n{body}{SERVE.format('read')}", "utf-8")

    with pytest.raises(RosterFileError) as caught:
        run_limited("reader")

    assert str(caught.value) == str(RosterFileError("tệp", "hỏng"))


def test_a_reader_does_not_see_our_settings(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMPAIGN_DATABASE", "postgresql://ai-đó:mật-khẩu@máy/sổ")
    program.write_text(f"import os\n{SERVE.format('lambda: chr(10).join(os.environ).encode()')}", "utf-8")

    assert b"CAMPAIGN_" not in run_limited("reader")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limits")
@pytest.mark.parametrize(
    "greed",
    ["bytearray(2**30)", "[bytes(2**20) for _ in range(2**10)]", "exec('while True: pass')", "bytes(2**26 + 1)"],
)
def test_a_reader_that_takes_too_much_is_ended(program: Path, greed: str) -> None:
    quick = "import campaign.limited\ncampaign.limited.SECONDS = 1\n"
    program.write_text(f"{quick}{SERVE.format(f'lambda: {greed}')}", "utf-8")

    with pytest.raises(EffortError):
        run_limited("reader")
    assert limited.MEMORY < 2**30


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process otherwise there")
def test_a_native_parser_that_aborts_ends_itself_alone(program: Path) -> None:
    program.write_text(f"import os\n{SERVE.format('os.abort')}", "utf-8")

    with pytest.raises(EffortError):
        run_limited("reader")


def test_a_bug_of_a_reader_is_told_whole(program: Path) -> None:
    program.write_text(SERVE.format("lambda: 1 / 0"), "utf-8")

    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        run_limited("reader")
