"""The built site as the recorder sees it: what is registered, and what a broken site does to the rest."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from campaign.core.post import digest_of, post_from_document
from campaign.posts.manifest import MANIFEST_FILE, name_document
from campaign.record.server.site import Site
from campaign.store.base import schema
from tests.rigs.builders import OFFICE, post
from tests.rigs.ledger_steps import begin, replaced
from tests.rigs.recorder import FOR_OFFICE, NOTICE, Desk, build_site, open_desk


def revisions(desk: Desk) -> list[tuple[str, int]]:
    """Return the revisions in the ledger."""
    query = select(schema.post.c.key, schema.revision.c.number).join_from(schema.revision, schema.post)
    with desk.database.reading() as connection:
        return sorted((row.key, row.number) for row in connection.execute(query))


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log warns of."""
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def wait_until(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not is_done():
        assert time.monotonic() < until
        time.sleep(0.02)


FIRST = [("rieng-van-phong", 1), ("thong-bao-485", 1)]


def test_a_revision_on_the_site_is_registered_at_the_time_of_the_look(desk: Desk) -> None:
    with desk.database.reading() as connection:
        at = set(connection.scalars(select(schema.entry.c.at).where(schema.entry.c.kind == "revision_published")))

    assert revisions(desk) == FIRST
    assert at == {desk.clock()}


def test_looking_again_registers_nothing(desk: Desk) -> None:
    before = desk.everything()

    desk.watch.look()
    build_site(desk.recorder.site.folder, NOTICE, FOR_OFFICE)
    desk.watch.look()

    assert desk.everything() == before


def test_a_new_revision_is_registered_once_the_site_is_built_again(desk: Desk) -> None:
    desk.publish(replaced(), FOR_OFFICE)

    assert revisions(desk) == [("rieng-van-phong", 1), ("thong-bao-485", 1), ("thong-bao-485", 2)]


def test_what_asks_for_no_confirmation_stays_out_of_the_ledger(desk: Desk) -> None:
    desk.publish(NOTICE, FOR_OFFICE, post(id="con-so", sentence=None, deadline=None))

    assert revisions(desk) == FIRST


def test_a_conflict_is_logged_once_and_the_rest_goes_on(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.publish(post(text="Nội dung khác.\n"), post(id="bai-moi"))
    desk.watch.look()

    assert revisions(desk) == [("bai-moi", 1), *FIRST]
    assert warnings(caplog) == [
        "site not registered: Bài “thong-bao-485”: nội dung đã đổi nhưng vẫn mang số phiên bản 1."
    ]


def test_a_document_that_is_not_as_the_manifest_says_is_left_until_it_is(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    site, document = desk.recorder.site.folder, name_document("thong-bao-485", 2)
    build_site(site, replaced(), FOR_OFFICE)
    whole = (site / document).read_bytes()
    (site / document).write_bytes(whole[:100])
    desk.watch.look()
    half = revisions(desk)

    (site / document).write_bytes(whole)
    desk.watch.look()

    assert half == FIRST
    assert ("thong-bao-485", 2) in revisions(desk)
    assert len(warnings(caplog)) == 1


def test_a_document_that_the_ledger_cannot_keep_does_not_stop_the_others(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Another program may have written it: the facts are right, the bytes are not ours."""
    site, document = desk.recorder.site.folder, name_document("thong-bao-485", 2)
    build_site(site, replaced(), FOR_OFFICE, post(id="bai-moi"))
    spaced = (site / document).read_bytes().replace(b'","', b'", "', 1)
    assert post_from_document(spaced) == replaced()
    manifest = (site / MANIFEST_FILE).read_text("utf-8").replace(replaced().digest, digest_of(spaced))
    (site / document).write_bytes(spaced)
    (site / MANIFEST_FILE).write_text(manifest, "utf-8")

    desk.watch.look()

    assert revisions(desk) == [("bai-moi", 1), *FIRST]
    assert "not canonical" in warnings(caplog)[0]


def test_a_broken_manifest_leaves_the_last_one_and_is_logged_once(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    site = desk.recorder.site
    (site.folder / MANIFEST_FILE).write_text("{", "utf-8")

    addresses = [site.url_of("thong-bao-485") for _ in range(3)]

    assert addresses == ["/bai-dang/thong-bao-485/"] * 3
    assert len(warnings(caplog)) == 1


def test_a_site_that_is_not_built_has_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path / "chua-dung")

    assert (site.manifest(), site.url_of("thong-bao-485"), site.documents()) == (None, None, [])


def test_a_post_that_is_no_longer_shown_has_no_address(desk: Desk) -> None:
    desk.publish(FOR_OFFICE)

    assert desk.recorder.site.url_of("thong-bao-485") is None
    assert f'href="/bai-dang/{NOTICE.id}/"' not in desk.reader().get("/cua-toi").text


def test_without_a_site_the_recorder_still_answers(desk: Desk) -> None:
    (desk.recorder.site.folder / MANIFEST_FILE).unlink()

    assert desk.visitor().get("/khong-co").status_code == 404
    assert desk.visitor().get("/bien-nhan/1").status_code == 303
    assert desk.reader().get("/xac-nhan/thong-bao-485").status_code == 200


def test_running_it_registers_the_site_at_once_and_again_when_it_changed(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    begin(desk.database)

    with TestClient(desk.application):
        at_start = revisions(desk)
        build_site(desk.recorder.site.folder, NOTICE, FOR_OFFICE, post(id="bai-moi", lead_units=(OFFICE,)))
        wait_until(lambda: len(revisions(desk)) == 3)

    assert at_start == FIRST
    desk.database.close()


def test_after_its_end_it_takes_nothing_more(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    begin(desk.database)

    with TestClient(desk.application):
        pass

    assert desk.visitor().submit("/ra", page="/vao").status_code == 503
    desk.database.close()
