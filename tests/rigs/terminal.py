"""A terminal in a folder of its own."""

from pathlib import Path

from click.testing import CliRunner, Result

from campaign.cli.main import cli
from campaign.store.ledger.database import Database
from campaign.store.proofs.signing import LedgerKey, make_key
from tests.rigs.builders import post
from tests.rigs.recorder import build_site

WIDTH = "120"
DATABASE = "data/campaign.sqlite3"
ORIGIN = "skhcn.sonla.gov.vn/so-ghi-nhan"
"""The name of the ledger, unless a setting says otherwise."""


class Terminal:
    """Runs commands as a person would who stands in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, typed: str = "", **environment: str) -> Result:
        """Run a command; whatever is no fault that a person can mend breaks the test."""
        runner = CliRunner(env={"COLUMNS": WIDTH, **environment})
        return runner.invoke(cli, arguments, input=typed, prog_name="campaign", catch_exceptions=False)

    def done(self, *arguments: str) -> str:
        """Return what a command says that does its work."""
        result = self.run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    def refused(self, *arguments: str) -> str:
        """Return what a command says when a person must mend something."""
        result = self.run(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        return result.stderr

    def build(self) -> None:
        """Build a site with one post."""
        build_site(self.folder / "site", post())

    def make_key(self) -> LedgerKey:
        """Make the key of the ledger in the folder, as ``campaign init`` does."""
        return make_key(self.folder / "data/ledger.key", ORIGIN)

    def roster(self, *lines: str, name: str = "danh sách.csv") -> str:
        """Write a roster file and return its name."""
        head = "Mã,Họ và tên,Đơn vị,Loại,Thư điện tử"
        (self.folder / name).write_text("\n".join([head, *lines, ""]), "utf-8")
        return name

    @property
    def database(self) -> Database:
        """The database that the commands use."""
        return Database(f"sqlite:///{self.folder / DATABASE}")
