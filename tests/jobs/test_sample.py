"""The sample campaign: the same each time, complete, and labelled."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response

from campaign.core.figures.coverage import MemberStanding, State
from campaign.core.ledger.policy import Policy
from campaign.core.post import Audience, Post
from campaign.jobs.sample import (
    LAST_SECOND,
    SAMPLE_ACCOUNTS,
    SAMPLE_SECRETS,
    SAMPLE_SLIP,
    SAMPLE_STAFF_CODE,
    add_sample_data,
)
from campaign.posts.manifest import Manifest
from campaign.store.figures.coverage import PostCoverage, read_coverage
from campaign.store.ledger.database import Database
from campaign.store.ledger.ledger import appending
from campaign.store.proofs.signing import make_key
from campaign.store.proofs.verification import verify_ledger
from tests.rigs.builders import FIRST_LATE, OFFICE, post
from tests.rigs.recorder import Desk, Visitor, fill_desk, open_desk

LONG_AFTER = FIRST_LATE + timedelta(days=60)


def sample(folder: Path, *posts: Post) -> Database:
    """Return a database with the sample."""
    folder.mkdir(exist_ok=True)
    database = Database(f"sqlite:///{folder / 'mẫu.sqlite3'}")
    with appending(database) as ledger:
        add_sample_data(
            ledger,
            Manifest("Đợt minh hoạ", (), ()),
            [one.to_document() for one in posts],
            make_key(folder / "ledger.key", "example.vn/so-ghi-nhan"),
        )
    return database


def coverage(database: Database, key: str = "thong-bao-485", at: datetime = LONG_AFTER) -> PostCoverage:
    with database.reading() as connection:
        return read_coverage(connection, key, at)


def test_the_sample_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (coverage(sample(tmp_path / name, post())) for name in ("một", "hai"))

    assert first == second


def test_everyone_is_counted_once(tmp_path: Path) -> None:
    found = coverage(sample(tmp_path, post()))

    total = found.total
    assert (total.opening, total.joined, total.left) == (60, 0, 0)
    assert (total.exempt, total.due) == (2, 58)
    assert (total.on_time, total.late, total.outstanding) == (41, 8, 9)
    assert len(found.by_unit) == 4


def test_someone_pressed_in_the_last_second_and_someone_in_the_first_late_one(tmp_path: Path) -> None:
    standings = coverage(sample(tmp_path, post())).standings

    states = {one.confirmed_at: one.state for one in standings if one.confirmed_at}
    assert states[LAST_SECOND] is State.ON_TIME
    assert states[FIRST_LATE] is State.LATE


def test_all_others_pressed_in_office_hours(tmp_path: Path) -> None:
    standings = coverage(sample(tmp_path, post())).standings

    hours = {
        one.confirmed_at.astimezone(LAST_SECOND.tzinfo).hour
        for one in standings
        if one.confirmed_at and one.confirmed_at not in {LAST_SECOND, FIRST_LATE}
    }
    assert hours <= set(range(8, 17))


def test_the_newcomer_has_a_slip_and_has_not_confirmed(tmp_path: Path) -> None:
    database = sample(tmp_path, post())

    newcomer = find(coverage(database), SAMPLE_STAFF_CODE)

    assert newcomer.state is State.OUTSTANDING


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A recorder over the sample."""
    sample(tmp_path, post()).close()
    return open_desk(tmp_path, f"sqlite:///{tmp_path / 'mẫu.sqlite3'}")


def test_the_codes_that_are_told_to_newcomers_work(desk: Desk) -> None:
    reader, office, by_qr = desk.visitor(), desk.visitor(), desk.visitor()

    statuses = (
        reader.submit("/vao", staff_code=SAMPLE_STAFF_CODE, access_code=SAMPLE_SLIP.spaced_code).status_code,
        by_qr.submit("/vao/phieu/vao", f"/vao/phieu/{SAMPLE_SLIP.token}").status_code,
        sign_in(office).status_code,
    )

    desk.close()
    assert statuses == (303, 303, 303)


def sign_in(visitor: Visitor, account: str = SAMPLE_ACCOUNTS[0].name) -> Response:
    """Sign in with what the page of the sample says."""
    page = visitor.get("/van-phong/vao").text
    row = page[page.index(f">{account}</th>") :]
    code = re.search(r">([0-9]{6})<", row)
    assert code is not None
    assert SAMPLE_SECRETS.passphrase in page
    return visitor.submit("/van-phong/vao", account=account, passphrase=SAMPLE_SECRETS.passphrase, code=code[1])


@pytest.mark.parametrize("account", [one.name for one in SAMPLE_ACCOUNTS])
def test_each_account_of_the_sample_comes_in_again_and_again(desk: Desk, account: str) -> None:
    """A code serves once; within its half minute the page already shows the next."""
    statuses = [sign_in(desk.visitor(), account).status_code for _ in range(2)]

    desk.close()
    assert statuses == [303, 303]


def test_an_account_with_secrets_of_its_own_is_no_longer_shown(desk: Desk) -> None:
    desk.employ(SAMPLE_ACCOUNTS[0])

    page = desk.visitor().get("/van-phong/vao").text

    desk.close()
    assert [f">{one.name}</th>" in page for one in SAMPLE_ACCOUNTS] == [False, True, True, True]


def test_every_page_says_that_the_data_is_made_up(desk: Desk) -> None:
    reader, office = desk.visitor(), desk.visitor()
    reader.submit("/vao/phieu/vao", f"/vao/phieu/{SAMPLE_SLIP.token}")
    sign_in(office)

    pages = [reader.get(path) for path in ("/vao", "/cua-toi", "/xac-nhan/thong-bao-485")]
    pages += [office.get(path) for path in ("/van-phong", "/van-phong/bai/thong-bao-485", "/van-phong/phieu")]

    desk.close()
    assert [("Dữ liệu minh hoạ" in page.text, page.status_code) for page in pages] == [(True, 200)] * 6


def test_a_real_campaign_says_no_such_thing(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path))

    pages = desk.visitor().get("/vao").text + desk.visitor().get("/van-phong/vao").text

    desk.close()
    assert "minh hoạ" not in pages


def test_the_ledger_of_the_sample_verifies(tmp_path: Path) -> None:
    with sample(tmp_path, post()).reading() as connection:
        key = make_key(tmp_path / "ledger.key", "example.vn/so-ghi-nhan")
        assert verify_ledger(connection, Policy(key.verifier)).findings == ()


@pytest.mark.parametrize("units", [(OFFICE,), ("Phòng không có ai",)])
def test_a_post_for_few_is_confirmed_by_those_alone(tmp_path: Path, units: tuple[str, ...]) -> None:
    few = post(id="rieng", audience=Audience(units=units))

    found = coverage(sample(tmp_path, post(), few), "rieng")

    assert set(found.by_unit) <= set(units)
    assert found.total.due == found.total.on_time + found.total.late + found.total.outstanding


def find(found: PostCoverage, staff_code: str) -> MemberStanding:
    return next(one for one in found.standings if one.staff_code == staff_code)
