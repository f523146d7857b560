"""Mail: one message at a time over SMTP, encrypted unless the server is this machine."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from campaign.core.clock import VIET_NAM
from campaign.errors.reminders import MailServerError
from campaign.errors.settings import SettingValueError
from campaign.remind.texts import Text
from campaign.settings import LOOPBACK, SETTINGS_FILE, Settings

_SECONDS = 30
_PERMANENT = 500


class MailRefusedError(Exception):
    """The server will never take this message; another way must be found."""


class AddressRefusedError(MailRefusedError):
    """The server says that there is no such address."""


class MailDelayedError(Exception):
    """The server did not take this message now; nothing was sent."""


class MailUncertainError(Exception):
    """The connection ended after the message was handed over: nobody knows whether it was sent."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in.

    Attributes:
        address: ``smtp://[user@]host[:port]``, or ``smtps://`` for TLS from the first byte.
        sender: The address that mail comes from.
    """

    address: str
    sender: str
    password: str = field(default="", repr=False)


def find_server(settings: Settings) -> MailServer | None:
    """Return the server by which mail is sent, or nothing when none is set.

    Raises:
        SettingValueError: The address that mail comes from is not an address.
    """
    if not settings.smtp:
        return None
    if "@" not in settings.smtp_from:
        raise SettingValueError(str(SETTINGS_FILE), "smtp_from", settings.smtp_from, "một địa chỉ thư điện tử")
    return MailServer(settings.smtp, settings.smtp_from, settings.smtp_password)


class Mailbox:
    """An open connection to a mail server."""

    def __init__(self, connection: smtplib.SMTP, sender: str) -> None:
        """Send by *connection*."""
        self._connection = connection
        self._sender = sender

    def send(self, recipient: str, text: Text, key: str, now: datetime) -> None:
        """Send a message.

        Args:
            recipient: One address.
            text: Subject and body.
            key: The same for the same reminder, so that two copies could be told to be one.
            now: When it is sent.

        Raises:
            AddressRefusedError: There is no such address.
            MailRefusedError: Never will it be taken.
            MailDelayedError: It was not taken now.
            MailUncertainError: It may have been taken.
        """
        try:
            message = EmailMessage()
            message["From"], message["To"], message["Subject"] = self._sender, recipient, text.subject
            message["Date"] = format_datetime(now.astimezone(VIET_NAM))
            message["Message-ID"] = f"<{key}@{self._sender.rpartition('@')[2]}>"
            message["Auto-Submitted"] = "auto-generated"
            message["Content-Language"] = "vi"
            message.set_content(text.body)
            for name, content in text.files.items():
                message.add_attachment(content, maintype="text", subtype="plain", filename=name)
            self._connection.send_message(message, self._sender, [recipient])
        except (ValueError, smtplib.SMTPNotSupportedError):  # No address, or none that this server can write to.
            raise MailRefusedError from None
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            if code < _PERMANENT:
                raise MailDelayedError from None
            # X.7.X is said of who sends: nobody's address is wrong (RFC 3463).
            raise (MailRefusedError if answer.startswith(b"5.7.") else AddressRefusedError) from None
        except smtplib.SMTPResponseException as error:
            raise (MailRefusedError if error.smtp_code >= _PERMANENT else MailDelayedError) from None
        except (smtplib.SMTPException, OSError):
            raise MailUncertainError from None


@contextmanager
def open_mailbox(server: MailServer) -> Iterator[Mailbox]:
    """Connect to the mail server.

    Raises:
        MailServerError: It does not answer, has no encryption, or does not know us.
    """
    parts = urlsplit(server.address)
    host = parts.hostname or ""
    try:
        if parts.scheme == "smtps":
            encrypted = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_SECONDS, context=encrypted)
        else:
            connection = smtplib.SMTP(host, parts.port or 587, timeout=_SECONDS)
        if parts.scheme == "smtp" and host not in LOOPBACK:
            connection.starttls(context=ssl.create_default_context())
        if parts.username:
            connection.login(unquote(parts.username), server.password)
    except (smtplib.SMTPException, OSError) as error:
        raise MailServerError(host, str(error)) from None
    try:
        yield Mailbox(connection, server.sender)
    finally:
        connection.close()
