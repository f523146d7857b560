"""Mail, handed to a real server."""

from datetime import UTC, datetime

import pytest

from campaign.errors.reminders import MailServerError
from campaign.remind.mail import MailDelayedError, MailRefusedError, MailServer, open_mailbox
from campaign.remind.texts import Text
from tests.rigs.mail_sink import running_sink

NOW = datetime(2025, 11, 4, 2, tzinfo=UTC)
TEXT = Text("Nhắc xác nhận đã đọc: 1 bài", "Kính gửi anh/chị Đặng Thị Hoà,\n\nhttp://127.0.0.1:8000/cua-toi\n")


def test_a_message_arrives_as_it_was_written() -> None:
    with running_sink() as sink, open_mailbox(MailServer(sink.address, "vp@example.vn")) as mailbox:
        mailbox.send("hoa@example.vn", TEXT, "member-1.2025-11-04", NOW)

    [message] = sink.taken
    assert (message["From"], message["To"], message["Subject"]) == ("vp@example.vn", "hoa@example.vn", TEXT.subject)
    assert (message["Message-ID"], message["Auto-Submitted"]) == ("<member-1.2025-11-04@example.vn>", "auto-generated")
    assert message["Date"] == "Tue, 04 Nov 2025 09:00:00 +0700"
    assert message.get_content().replace("\r\n", "\n") == TEXT.body


@pytest.mark.parametrize(
    ("answer", "error"), [("550 No such user", MailRefusedError), ("451 Try again later", MailDelayedError)]
)
def test_what_the_server_refuses_is_told_apart(answer: str, error: type[Exception]) -> None:
    with (
        running_sink({"hoa@example.vn": answer}) as sink,
        open_mailbox(MailServer(sink.address, "vp@example.vn")) as mailbox,
    ):
        with pytest.raises(error):
            mailbox.send("hoa@example.vn", TEXT, "1", NOW)
        mailbox.send("an@example.vn", TEXT, "2", NOW)

    assert [message["To"] for message in sink.taken] == ["an@example.vn"]


def test_what_is_no_address_goes_nowhere() -> None:
    address = "a@example.vn\nBcc: b@example.vn"

    with (
        running_sink() as sink,
        open_mailbox(MailServer(sink.address, "vp@example.vn")) as mailbox,
        pytest.raises(MailRefusedError),
    ):
        mailbox.send(address, TEXT, "1", NOW)

    assert sink.taken == []


def test_a_server_that_does_not_answer_is_named() -> None:
    with running_sink() as sink:
        gone = sink.address
    with pytest.raises(MailServerError, match=r"127\.0\.0\.1"), open_mailbox(MailServer(gone, "vp@example.vn")):
        pass


def test_a_password_is_no_part_of_what_a_log_could_show() -> None:
    assert "bí mật" not in repr(MailServer("smtp://vp@example.vn", "vp@example.vn", "bí mật"))
