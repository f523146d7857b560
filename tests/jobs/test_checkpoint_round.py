"""The checkpoint leaves the house: for folders, mail and the web, each on its own."""

import hmac
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.core.ledger.delivery import Delivery
from campaign.core.ledger.policy import Policy
from campaign.jobs.checkpoint_round import Outlets, send_checkpoint
from campaign.remind.mail import MailServer
from campaign.settings import Place
from campaign.store.ledger.ledger import kept_checkpoints
from campaign.store.proofs.deliveries import read_deliveries
from campaign.store.proofs.verification import keep_checkpoint
from tests.rigs.answering import answering
from tests.rigs.ledger_steps import press
from tests.rigs.mail_sink import Sink, running_sink
from tests.rigs.recorder import Desk

SECRET = "mot-chuoi-bi-mat-du-dai"
GONE = Place("web", "http://127.0.0.1:9/")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink({"khong-co@example.vn": "550 no such mailbox", "mai@example.vn": "451 later"}) as running:
        yield running


def outlets(desk: Desk, *places: Place, mail: MailServer | None = None) -> Outlets:
    return Outlets(Policy(desk.recorder.key.verifier), places, SECRET, mail)


def send(desk: Desk, found: Outlets) -> dict[str, str]:
    """Send the checkpoint; return what is wrong, by place."""
    deliveries = send_checkpoint(desk.database, desk.recorder.key, found, desk.clock)
    return {delivery.place: delivery.problem for delivery in deliveries}


def kept(desk: Desk) -> bytes:
    with desk.database.reading() as connection:
        [*_, note] = kept_checkpoints(connection).values()
    return note


def test_the_signed_checkpoint_arrives_at_every_kind_of_place(desk: Desk, tmp_path: Path, sink: Sink) -> None:
    folder = tmp_path / "nơi khác"
    folder.mkdir()
    with answering(status=204) as web:
        places = (Place("folder", str(folder)), Place("mail", "luu@example.vn"), Place("web", web.address))
        problems = send(desk, outlets(desk, *places, mail=MailServer(sink.address, "so@example.vn")))

    assert problems == {place.where: "" for place in places}
    note, name = kept(desk), f"moc-{desk.entries():09}.txt"
    assert desk.recorder.key.verifier.read(note).size == desk.entries()
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == {name: note}
    [mail], [request] = sink.taken, web.taken
    [attached] = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_payload(decode=True)) == (name, note)
    assert mail["To"] == "luu@example.vn"
    signature = hmac.digest(SECRET.encode(), note, "sha256").hex()
    assert (request.body, request.headers["x-campaign-signature"]) == (note, f"sha256={signature}")


def test_what_fails_is_told_with_its_cause_and_stops_no_other(desk: Desk, tmp_path: Path, sink: Sink) -> None:
    with answering(status=500) as broken, answering(status=302, headers={"Location": GONE.where}) as moved:
        places = {
            GONE: "không nối được",
            Place("web", broken.address): "máy chủ trả lời mã 500",
            Place("web", moved.address): "máy chủ trả lời mã 302",
            Place("mail", "khong-co@example.vn"): "máy chủ thư nói không có địa chỉ này",
            Place("mail", "mai@example.vn"): "máy chủ thư lúc này chưa nhận",
            Place("folder", str(tmp_path / "chưa gắn")): "không có thư mục này (ổ mạng chưa gắn?)",
            Place("folder", str(tmp_path)): "",
        }
        problems = send(desk, outlets(desk, *places, mail=MailServer(sink.address, "so@example.vn")))

    assert problems == {place.where: problem for place, problem in places.items()}
    with desk.database.reading() as connection:
        told = read_deliveries(connection)
    assert sorted(told, key=str) == sorted(
        (Delivery(place.where, desk.entries(), desk.clock(), problem) for place, problem in places.items()), key=str
    )


def test_a_place_that_hangs_is_left_behind(desk: Desk, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = Place("web", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        found = replace(outlets(desk, hanging, Place("folder", str(tmp_path))), seconds=1)

        assert send(desk, found) == {hanging.where: "chưa xong sau 1 giây", str(tmp_path): ""}


def test_an_answer_without_an_end_is_cut_off(desk: Desk) -> None:
    with answering(b"x" * 10**6) as web:
        place = Place("web", web.address)

        assert send(desk, outlets(desk, place)) == {place.where: "trả lời dài bất thường"}


def test_of_each_place_the_newest_arrival_and_the_newest_failure_are_kept(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "nơi khác"
    place = outlets(desk, Place("folder", str(folder)))
    folder.mkdir()
    send(desk, place)
    first = desk.entries()
    press(desk.database)
    send(desk, place)
    folder.rename(tmp_path / "đi mất")
    send(desk, place)
    send(desk, place)

    with desk.database.reading() as connection:
        told = {(delivery.size, not delivery.problem) for delivery in read_deliveries(connection)}
    assert told == {(first + 1, True), (first + 1, False)}


def test_a_ledger_that_was_set_back_is_found_by_the_folder(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "moc-000000999.txt").write_text("mốc của hôm qua", "utf-8")

    problems = send(desk, outlets(desk, Place("folder", str(tmp_path))))

    told = f"ở đó đã có moc-000000999.txt, mà sổ chỉ có {desk.entries()} dòng ghi: sổ đã bị quay lui"
    assert problems == {str(tmp_path): told}


def test_another_checkpoint_of_the_same_size_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    with desk.database.writing() as connection:
        note = keep_checkpoint(connection, desk.recorder.key, desk.clock())
    file = tmp_path / f"moc-{desk.entries():09}.txt"
    other = note.replace(b"example.vn/so-ghi-nhan\n", b"example.vn/so-khac\n", 1)
    file.write_bytes(other)

    problems = send(desk, outlets(desk, Place("folder", str(tmp_path))))

    assert "là mốc khác: một trong hai sổ đã bị viết lại" in problems[str(tmp_path)]
    assert file.read_bytes() == other
