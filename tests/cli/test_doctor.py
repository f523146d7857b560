"""The examination: every check with facts that please it and facts that do not; and the whole over a real recorder."""

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.cli.doctor.command import CHECKS
from campaign.cli.doctor.facts import (
    Answer,
    Facts,
    FileFacts,
    MachineFacts,
    SiteFacts,
    ask,
    describe_file,
    find_copies,
    find_near,
    gather_facts,
)
from campaign.cli.doctor.finding import Level
from campaign.cli.doctor.recipes import find_cut_off_hosts, find_logging_servers
from campaign.core.ledger.delivery import Delivery
from campaign.core.people.access import Role
from campaign.jobs.sample import SAMPLE_SECRETS
from campaign.posts.manifest import Manifest, describe_post
from campaign.settings import Listen, Place, read_settings
from campaign.store.base import schema
from campaign.store.credentials.accounts import Account, add_account
from campaign.store.ledger.migrations import SCHEMA_VERSION
from campaign.store.ledger.tables import Differences
from campaign.store.proofs.signing import load_key, make_key
from campaign.store.proofs.survey import Survey
from tests.rigs.builders import OPENED, post
from tests.rigs.recorder import build_site
from tests.rigs.terminal import ORIGIN, Terminal

DEPLOY = Path(__file__).parents[2] / "scripts/deploy"
HTTPS = "https://xacnhan.example.vn"
PRIVATE = FileFacts(Path("data/x"), "", OPENED)
HEADERS = dict.fromkeys(
    ("content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security"), "x"
)
HOUR = timedelta(hours=1)
ARRIVED = (Delivery("luu@example.vn", 7, OPENED - HOUR),)
FAILED = Delivery("luu@example.vn", 7, OPENED, "máy chủ thư lúc này chưa nhận")
GOOD = Facts(
    settings=replace(read_settings({}, {}, Path("không-có.toml")), address=HTTPS),
    now=OPENED,
    survey=Survey(
        kind="sqlite",
        version="3.53.0",
        is_wal_safe=True,
        options={"journal_mode": "wal", "synchronous": "2"},
        level=SCHEMA_VERSION,
        sample=False,
        last_entry_at=OPENED,
        has_checkpoints=True,
        members=60,
        members_with_slip=60,
        accounts=1,
        digests=frozenset({post().digest}),
        deliveries=ARRIVED,
    ),
    store_problem="",
    store_remedy="Kiểm tra thiết lập “database” và máy chủ.",
    database_file=PRIVATE,
    key_file=PRIVATE,
    settings_file=None,
    copies=(),
    backup=FileFacts(Path("sao-luu.zip"), "", OPENED - 25 * HOUR),
    site=SiteFacts(
        manifest=Manifest("Đợt", (describe_post(post(), "/bai-dang/x/"),), ()),
        built_at=OPENED,
        content_changed_at=OPENED - HOUR,
        feed=f"<id>{HTTPS}/feeds/tat-ca.atom.xml</id>",
    ),
    machine=MachineFacts(
        free_bytes=10**10, is_root=False, is_synchronised=True, network_folder="", open_files=65536, debugging=()
    ),
    answer=Answer(200, HEADERS),
    logging_servers=(),
    cut_off_hosts=(),
    places=("luu@example.vn", "nhân chứng w"),
)
OPEN = replace(PRIVATE, open_to="nhóm")
POSTGRESQL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
WARNING, FAULT, UNKNOWN = Level.WARNING, Level.FAULT, Level.UNKNOWN

NO_DIFFERENCES = Differences((), (), (), (), ())

Case = tuple[str, Level, Mapping[str, Any]]
CASES: list[Case] = [
    ("database", FAULT, {"survey": None}),
    ("database", FAULT, {"store_problem": "disk I/O error"}),
    ("database", FAULT, {"survey.level": None}),
    ("database", FAULT, {"survey.sample": None}),
    ("schema-version", UNKNOWN, {"survey": None}),
    ("schema-version", WARNING, {"survey.level": SCHEMA_VERSION - 1}),
    ("schema-version", FAULT, {"survey.level": SCHEMA_VERSION + 1}),
    ("schema-version", FAULT, {"survey.differences": replace(NO_DIFFERENCES, kept=("bảng account: thiếu cột unit",))}),
    ("schema-version", WARNING, {"survey.differences": replace(NO_DIFFERENCES, passing=(schema.ticket,))}),
    ("schema-version", Level.GOOD, {"survey.differences": NO_DIFFERENCES}),
    ("sqlite-version", UNKNOWN, {"survey": None}),
    ("sqlite-version", WARNING, {"survey.is_wal_safe": False}),
    ("sqlite-version", Level.GOOD, {"survey.is_wal_safe": False, "survey.kind": "postgresql"}),
    ("durability", UNKNOWN, {"survey": None}),
    ("durability", FAULT, {"survey.options": {"journal_mode": "wal", "synchronous": "1"}}),
    ("durability", FAULT, {"survey.options": {"journal_mode": "off", "synchronous": "2"}}),
    ("durability", FAULT, {"survey.is_wal_safe": False}),
    ("durability", Level.GOOD, {"survey.kind": "postgresql", "survey.options": POSTGRESQL}),
    ("durability", FAULT, {"survey.options": POSTGRESQL | {"fsync": "off"}}),
    ("durability", FAULT, {"survey.options": POSTGRESQL | {"synchronous_commit": "local"}}),
    ("network-folder", FAULT, {"machine.network_folder": "cifs"}),
    ("network-folder", Level.GOOD, {"machine.network_folder": "cifs", "database_file": None}),
    ("plain-copies", WARNING, {"copies": (Path("campaign (bản sao).sqlite3"),)}),
    ("database-permissions", FAULT, {"database_file": OPEN}),
    ("database-permissions", UNKNOWN, {"database_file": None}),
    ("key", FAULT, {"key_file": None}),
    ("key", FAULT, {"survey.foreign_key": "Khoá đang dùng không phải khoá của sổ này."}),
    ("key", Level.GOOD, {"key_file": None, "survey.has_checkpoints": False}),
    ("key-permissions", FAULT, {"key_file": OPEN}),
    ("key-permissions", UNKNOWN, {"key_file": None}),
    ("settings-permissions", FAULT, {"settings_file": OPEN, "settings.database": "postgresql://an:bi-mat@may/so"}),
    ("settings-permissions", Level.GOOD, {"settings_file": OPEN}),
    ("settings-permissions", Level.GOOD, {"settings_file": PRIVATE, "settings.database": "postgresql://an:x@may/so"}),
    ("exposed-files", FAULT, {"settings.site": Path("data")}),
    ("backup-age", WARNING, {"backup": None}),
    ("backup-age", WARNING, {"now": OPENED + 2 * HOUR}),
    ("checkpoints-leave", FAULT, {"places_problem": "data/nhan-chung.txt: không dùng được tệp nhân chứng này."}),
    ("checkpoints-leave", WARNING, {"near_places": ("luu@example.vn", "nhân chứng w", "x")}),
    ("checkpoints-leave", Level.GOOD, {"near_places": ("luu@example.vn",)}),
    ("checkpoints-leave", UNKNOWN, {"survey": None}),
    ("retention", UNKNOWN, {"survey": None}),
    ("retention", WARNING, {"kept_too_long": ("Đợt cũ",)}),
    ("retention", Level.GOOD, {}),
    ("checkpoints-leave", WARNING, {"places": ()}),
    ("checkpoints-leave", WARNING, {"survey.deliveries": ()}),
    ("checkpoints-leave", WARNING, {"survey.deliveries": (FAILED,)}),
    ("checkpoints-leave", WARNING, {"survey.deliveries": (*ARRIVED, FAILED)}),
    ("checkpoints-leave", WARNING, {"now": OPENED + 47 * HOUR + timedelta(microseconds=1)}),
    ("checkpoints-leave", Level.GOOD, {"now": OPENED + 47 * HOUR}),
    ("checkpoints-leave", Level.GOOD, {"survey.deliveries": (replace(FAILED, at=OPENED - 2 * HOUR), *ARRIVED)}),
    ("checkpoints-leave", Level.GOOD, {"survey.deliveries": (*ARRIVED, replace(FAILED, place="trước kia"))}),
    ("disk-space", FAULT, {"machine.free_bytes": 10**9}),
    ("clock", FAULT, {"now": OPENED - HOUR}),
    ("clock", WARNING, {"survey.steps_back": ("dòng ghi 9",)}),
    ("clock", Level.GOOD, {"now": OPENED - timedelta(seconds=4)}),
    ("clock-synchronised", WARNING, {"machine.is_synchronised": False}),
    ("clock-synchronised", UNKNOWN, {"machine.is_synchronised": None}),
    ("https", WARNING, {"settings.address": "http://xacnhan.example.vn"}),
    ("address", FAULT, {"settings.address": "http://127.0.0.1:8000"}),
    ("address", FAULT, {"settings.address": "http://localhost"}),
    ("listen", WARNING, {"settings.listen": Listen("0.0.0.0", 8000)}),  # noqa: S104 - what it warns of
    ("proxies", FAULT, {"settings.proxies": frozenset()}),
    ("proxies", WARNING, {"settings.proxies": frozenset({"10.0.0.1"})}),
    ("sample-data", FAULT, {"survey.sample": True}),
    ("default-secrets", FAULT, {"survey.known_secrets": ("phiếu của dữ liệu minh hoạ",)}),
    ("office-account", WARNING, {"survey.accounts": 0}),
    ("office-account", UNKNOWN, {"survey": None}),
    ("slips", WARNING, {"survey.members_with_slip": 59}),
    ("slips", UNKNOWN, {"survey": None}),
    ("debug", FAULT, {"machine.debugging": ("PYTHONDEVMODE",)}),
    ("user", WARNING, {"machine.is_root": True}),
    ("open-files", WARNING, {"machine.open_files": 256}),
    ("site", FAULT, {"site": SiteFacts()}),
    ("site", FAULT, {"site.problem": "hỏng"}),
    ("site-age", WARNING, {"site.content_changed_at": OPENED + HOUR}),
    ("site-address", WARNING, {"site.feed": "<id>http://127.0.0.1:8000/</id>"}),
    ("registered", WARNING, {"survey.digests": frozenset()}),
    ("registered", UNKNOWN, {"survey": None}),
    ("answer", FAULT, {"answer": Answer(0)}),
    ("answer", FAULT, {"answer": Answer(421)}),
    ("front-logs", WARNING, {"logging_servers": ("/etc/nginx/conf.d/campaign.conf",)}),
    ("front-logs", UNKNOWN, {"logging_servers": None}),
    ("cut-off-hosts", WARNING, {"cut_off_hosts": ("thu.example",)}),
    ("headers", UNKNOWN, {"answer": Answer(0)}),
    ("headers", FAULT, {"answer": Answer(200, {"referrer-policy": "x"})}),
]
BY_ID = {check.id: check for check in CHECKS}


def changed(facts: Facts, changes: Mapping[str, Any]) -> Facts:
    """Return *facts* with other values at the places that are named, as ``survey.level``."""
    for name, value in changes.items():
        outer, _, inner = name.partition(".")
        new = replace(getattr(facts, outer), **{inner: value}) if inner else value
        facts = replace(facts, **{outer: new})
    return facts


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_recorder_in_order_pleases_every_check(check: Any) -> None:  # noqa: ANN401
    finding = check.look(GOOD)

    assert (finding.level, finding.remedy) == (Level.GOOD, "")
    assert finding.said


@pytest.mark.parametrize(("name", "level", "changes"), CASES)
def test_each_check_finds_what_it_is_for(name: str, level: Level, changes: Mapping[str, Any]) -> None:
    finding = BY_ID[name].look(changed(GOOD, changes))

    assert finding.level is level
    assert bool(finding.remedy) == (level in {WARNING, FAULT})


def test_there_are_twenty_checks_and_each_is_tried_with_facts_that_do_not_please_it() -> None:
    assert len(CHECKS) == len(BY_ID) >= 20
    assert {name for name, level, _ in CASES if level is not Level.GOOD} == set(BY_ID)


def test_a_real_recorder_in_order_has_no_faults(terminal: Terminal) -> None:
    terminal.build()
    terminal.done("init", "--title", "Đợt thật")
    terminal.done("backup", "sao-luu.zip")
    (terminal.folder / "data/backup").mkdir()
    (terminal.folder / "sao-luu.zip").rename(terminal.folder / "data/backup/sao-luu.zip")

    result = terminal.run("doctor", "--json")

    found = {row["id"]: row["level"] for row in json.loads(result.stdout)}
    assert [name for name, level in found.items() if level == "fault"] == []
    assert found["backup-age"] == found["database-permissions"] == found["durability"] == "good"
    assert result.exit_code == 0
    assert not set(found) & {check.id for check in CHECKS if check.deployed_only}


def test_the_sample_is_not_for_service(terminal: Terminal) -> None:
    terminal.build()
    terminal.done("init", "--sample")

    result = terminal.run("doctor", "--deploy")

    assert result.exit_code == 1
    assert "SAI       sample-data" in result.stdout
    assert "phiếu của dữ liệu minh hoạ, cụm mật khẩu của dữ liệu minh hoạ ở tài khoản vanphong" in result.stdout
    assert "Cách sửa: Mở đợt thật bằng “campaign init”." in result.stdout
    assert "E-DOCTOR" in result.stderr


def test_the_key_of_another_ledger_is_told(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt thật")
    file = terminal.folder / "data/ledger.key"
    expected = load_key(file, ORIGIN).verifier
    file.unlink()
    make_key(file, ORIGIN)

    said = terminal.run("doctor").stdout

    assert "SAI       key " in said
    assert f"Khoá của sổ: {expected}" in said


def test_a_folder_beside_the_ledger_is_not_elsewhere(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt thật")
    (terminal.folder / "nơi khác").mkdir()
    terminal.done("--set", "checkpoint_to=nơi khác", "ledger", "send")

    said = terminal.run("--set", "checkpoint_to=nơi khác", "doctor").stdout

    assert "Mọi nơi nhận mốc đều ở cùng đĩa với sổ: nơi khác." in said
    assert find_near([Place("folder", "/dev"), Place("mail", "a@b"), Place("folder", "x")], Path("/proc")) == []


def test_looking_at_nothing_makes_nothing(terminal: Terminal) -> None:
    result = terminal.run("doctor")

    assert "Chưa có cơ sở dữ liệu" in result.stdout
    assert list(terminal.folder.iterdir()) == []


def test_what_is_no_database_is_said_and_left_alone(terminal: Terminal) -> None:
    (terminal.folder / "data").mkdir()
    file = terminal.folder / "data/campaign.sqlite3"
    file.write_bytes(b"no database at all" * 100)

    result = terminal.run("doctor")

    assert "SAI       database" in result.stdout
    assert file.read_bytes() == b"no database at all" * 100


def test_a_plain_copy_is_told_from_what_belongs_to_the_database(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt thật")
    database = terminal.folder / "data/campaign.sqlite3"
    (database.parent / "campaign-chep.db").write_bytes(database.read_bytes())
    (database.parent / "ghi-chu.txt").write_text("x")

    assert [copy.name for copy in find_copies(database)] == ["campaign-chep.db"]


@pytest.mark.parametrize(("mode", "open_to"), [(0o600, ""), (0o640, "nhóm"), (0o644, "nhóm và mọi người")])
def test_a_file_tells_who_may_read_it(tmp_path: Path, mode: int, open_to: str) -> None:
    file = tmp_path / "khoá"
    file.touch()
    file.chmod(mode)

    found = describe_file(file)

    assert found is not None
    assert found.open_to == open_to


def test_a_passphrase_of_the_handbook_is_found_in_a_real_campaign(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt thật")
    with terminal.database.writing() as connection:
        key = make_key(terminal.folder / "data/ledger.key", "example.vn/so")
        add_account(connection, Account("phong", "Văn phòng", Role.OFFICE), SAMPLE_SECRETS, key, OPENED)

    facts = gather_facts(read_settings({}, os.environ), Path("data/backup"), deployed=False)

    assert facts.survey is not None
    assert facts.survey.known_secrets == ("cụm mật khẩu của dữ liệu minh hoạ ở tài khoản phong",)


def test_what_the_editors_wrote_is_compared_with_what_was_built(terminal: Terminal) -> None:
    build_site(terminal.folder / "site", post())
    later = (terminal.folder / "site/manifest.json").stat().st_mtime + 10
    (terminal.folder / "content").mkdir()
    page = terminal.folder / "content/bài.md"
    page.touch()
    os.utime(page, (later, later))

    facts = gather_facts(read_settings({}, os.environ), Path("x"), deployed=False)

    assert BY_ID["site-age"].look(facts).level is WARNING


def test_a_silent_address_is_a_fact() -> None:
    assert ask("http://127.0.0.1:1/vao") == Answer(0)


RECIPE = (DEPLOY / "nginx.conf").read_text("utf-8")
WITHOUT = {name: RECIPE.replace(f"    {name}", f"    # {name}") for name in ("access_log", "error_log")}
"""The recipe with the lines of one kind taken for comments."""


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (RECIPE, False),
        (WITHOUT["access_log"], True),
        (WITHOUT["error_log"], True),
        (RECIPE.replace("location / {", "location / {\n        access_log /var/log/nginx/x.log;"), True),
        (RECIPE.replace("emerg;", "warn;"), True),
    ],
)
def test_a_log_of_nginx_that_is_on_is_told(tmp_path: Path, text: str, *, is_told: bool) -> None:
    file = tmp_path / "conf.d/campaign.conf"
    file.parent.mkdir()
    (tmp_path / "nginx.conf").write_text("http { access_log /var/log/nginx/access.log; include conf.d/*; }", "utf-8")
    file.write_text(text, "utf-8")

    assert find_logging_servers(tmp_path, 8000) == ((str(file),) if is_told else ())


def test_a_log_that_is_off_for_all_servers_is_off_for_ours(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text(
        "http { access_log off; error_log /dev/null; server { proxy_pass http://127.0.0.1:8000; } }", "utf-8"
    )

    assert find_logging_servers(tmp_path, 8000) == ()
    assert find_logging_servers(tmp_path, 9000) is None
    assert find_logging_servers(tmp_path / "không có", 8000) is None


def test_a_mail_server_that_the_unit_keeps_away_is_told(tmp_path: Path) -> None:
    far = replace(GOOD.settings, smtp="smtp://thu.example", oidc_issuer="https://vao.example")
    opened = tmp_path / "campaign.service"
    opened.write_text("[Service]\nIPAddressDeny=any\nIPAddressAllow=localhost\nIPAddressAllow=10.0.0.7\n")

    assert find_cut_off_hosts(far, DEPLOY / "campaign.service") == ("thu.example", "vao.example")
    assert find_cut_off_hosts(replace(far, smtp="smtp://127.0.0.1", oidc_issuer=""), DEPLOY / "campaign.service") == ()
    assert find_cut_off_hosts(far, opened) == ()
    assert find_cut_off_hosts(far, tmp_path / "không có") == ()
