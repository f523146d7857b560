"""A database that does not answer: nobody waits without an end, and everyone is told what is known."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import requests
from sqlalchemy import create_engine, text

from tests.faults.readers import UNCERTAIN, Answer, press_once
from tests.rigs.machine import Cluster
from tests.rigs.programs import RecorderProgram
from tests.rigs.scene import Acknowledgement, Press, Scene

SECONDS = 5
"""The time that is set; a busy machine may take some more to say so."""
AT_MOST = 3 * SECONDS
UNREACHABLE = "Chưa có gì được ghi nhận"


def press_and_wait(recorder: RecorderProgram, press: Press) -> Answer:
    """Press, and see to it that the answer comes in time."""
    begun = time.monotonic()
    answer = press_once(recorder.address, press)
    assert time.monotonic() - begun < AT_MOST
    assert answer.is_right
    return answer


def assert_is_recorded(scene: Scene, recorder: RecorderProgram, *presses: Press) -> None:
    """Press again: everyone gets the receipt, and nobody stands in the ledger twice."""
    answers = {press: press_and_wait(recorder, press) for press in presses}
    told = [Acknowledgement(answer.sequence or 0, press.member, press.post) for press, answer in answers.items()]
    assert scene.judge(told).is_right, scene.judge(told)


@contextmanager
def waiting_for_a_standby(cluster: Cluster) -> Iterator[None]:
    """Let no commit be done before a standby has it that there is not."""
    engine = create_engine(cluster.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET synchronous_standby_names = khong_co"))
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            yield
        finally:
            connection.execute(text("ALTER SYSTEM RESET synchronous_standby_names"))
            connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def test_a_commit_that_waits_for_a_standby_is_told_as_uncertain(cluster: Cluster, cluster_scene: Scene) -> None:
    recorder = RecorderProgram(cluster_scene, press_timeout=str(SECONDS))
    before, first, second = cluster_scene.presses[:3]

    with recorder.running():
        assert press_and_wait(recorder, before).sequence
        with waiting_for_a_standby(cluster):
            held = press_and_wait(recorder, first)
            behind = press_and_wait(recorder, second)
            page = requests.get(f"{recorder.address}/vao", timeout=AT_MOST)
            form = {"staff_code": "SKHCN-001", "code": "ABCD-EFGH"}
            sign_in = requests.post(
                f"{recorder.address}/vao", form, headers={"Origin": recorder.address}, timeout=AT_MOST
            )
        assert_is_recorded(cluster_scene, recorder, before, first, second)

    assert UNCERTAIN in held.text
    assert UNREACHABLE in behind.text
    assert page.status_code == 200
    assert sign_in.status_code != 200
    assert "chương trình khác giữ lượt ghi quá lâu" in recorder.said


def test_a_server_that_stands_still_is_told_as_unreachable(cluster: Cluster, cluster_scene: Scene) -> None:
    recorder = RecorderProgram(cluster_scene, press_timeout=str(SECONDS))
    before, first = cluster_scene.presses[:2]

    with recorder.running():
        assert press_and_wait(recorder, before).sequence
        cluster.freeze()
        try:
            held = press_and_wait(recorder, first)
            page = requests.get(f"{recorder.address}/vao", timeout=AT_MOST)
        finally:
            cluster.go_on()
        assert_is_recorded(cluster_scene, recorder, before, first)

    assert held.status == page.status_code == 503
    assert "E-STORE-UN" in held.text
    assert UNREACHABLE in page.text
    assert "máy chủ cơ sở dữ liệu không trả lời kịp" in recorder.said


def test_a_file_that_another_program_keeps_locked_is_told_as_unreachable(sqlite_scene: Scene) -> None:
    recorder = RecorderProgram(sqlite_scene, press_timeout=str(SECONDS))
    before, first, second = sqlite_scene.presses[:3]

    with recorder.running():
        assert press_and_wait(recorder, before).sequence
        engine = create_engine(sqlite_scene.url)
        with closing(engine.raw_connection()) as other:
            other.cursor().execute("BEGIN EXCLUSIVE")
            held = [press_and_wait(recorder, press) for press in (first, second)]
        engine.dispose()
        assert_is_recorded(sqlite_scene, recorder, first, second)

    assert all(UNREACHABLE in answer.text for answer in held)
    assert "chương trình khác giữ lượt ghi quá lâu" in recorder.said


def test_a_process_that_stands_still_is_replaced(sqlite_scene: Scene) -> None:
    """As on a disk that does not come back from a sync."""
    recorder = RecorderProgram(sqlite_scene, press_timeout=str(SECONDS))
    before, first, second = sqlite_scene.presses[:3]

    with recorder.running():
        assert press_and_wait(recorder, before).sequence
        still = recorder.press_process
        os.kill(still, signal.SIGSTOP)
        held = press_and_wait(recorder, first)
        press_and_wait(recorder, second)
        assert_is_recorded(sqlite_scene, recorder, before, first, second)
        assert recorder.press_process != still

    assert UNCERTAIN in held.text
    assert "the process that records presses stood still: another is started" in recorder.said
