"""What is asked of a passkey, and what its answer is worth (WebAuthn).

Looking at a page writes nothing, so no challenge is kept: it is made from the visit, the instant and chance with the
ledger's key, and serves for some minutes. An answer serves once: its challenge is then kept until its time is over.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from starlette.requests import Request

from campaign.errors.access import PasskeyRefusedError
from campaign.record.web.forms import Form
from campaign.record.web.visitor import browser_of, recorder_of
from campaign.store.credentials.accounts import Account
from campaign.store.credentials.passkeys import Passkey

CHALLENGE_LASTS = timedelta(minutes=5)
VERIFIED = UserVerificationRequirement.REQUIRED
"""A passkey must know its holder, by a fingerprint or a code: so it is two factors in one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks a passkey.

    Attributes:
        options: What the browser's script hands to the passkey, as JSON.
        issued: Goes back with the answer.
    """

    options: str
    issued: str


def ask_for_new(request: Request, account: Account, known: Iterable[Passkey]) -> Question:
    """Return the question by which an account gets another passkey."""
    challenge, issued = _new_challenge(request)
    user = PublicKeyCredentialUserEntity(id=account.name.encode(), name=account.name, display_name=account.full_name)
    credentials = [AttestedCredentialData(passkey.public) for passkey in known]
    options, _ = _server_of(request).register_begin(
        user, credentials, ResidentKeyRequirement.REQUIRED, VERIFIED, challenge=challenge
    )
    return Question(json.dumps(dict(options.public_key)), issued)


def ask(request: Request) -> Question:
    """Return the question that any passkey for this recorder answers."""
    challenge, issued = _new_challenge(request)
    options, _ = _server_of(request).authenticate_begin(None, VERIFIED, challenge)
    return Question(json.dumps(dict(options.public_key)), issued)


def read_new(request: Request, account: Account, label: str, form: Form) -> Passkey:
    """Return the passkey that the browser made.

    Raises:
        PasskeyRefusedError: The answer is invalid.
    """
    try:
        data = _server_of(request).register_complete(_state_of(request, form), json.loads(form["answer"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PasskeyRefusedError from error
    credential, now = data.credential_data, recorder_of(request).clock()
    if credential is None:
        raise PasskeyRefusedError
    return Passkey(credential.credential_id, account.name, label, bytes(credential), data.counter, now)


def credential_id_in(form: Form) -> bytes:
    """Return which passkey answers; empty when that cannot be read."""
    try:
        return websafe_decode(str(json.loads(form["answer"])["rawId"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return b""


def read_answer(request: Request, passkey: Passkey, form: Form) -> int:
    """Return the counter of the passkey that answered.

    Raises:
        PasskeyRefusedError: The answer is invalid.
    """
    state = _state_of(request, form)
    try:
        answer = AuthenticationResponse.from_dict(json.loads(form["answer"]))
        _server_of(request).authenticate_complete(state, [AttestedCredentialData(passkey.public)], answer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PasskeyRefusedError from error
    return int(answer.response.authenticator_data.counter)


def challenge_in(request: Request, form: Form) -> str:
    """Return the challenge that a form answers, as text.

    Raises:
        PasskeyRefusedError: It was issued too long ago, or never.
    """
    issued, now = re.fullmatch("([0-9]{1,12})-[0-9a-f]{32}", form["issued"]), recorder_of(request).clock().timestamp()
    if issued is None or not 0 <= int(now) - int(issued[1]) < CHALLENGE_LASTS.total_seconds():
        raise PasskeyRefusedError
    return websafe_encode(_challenge(request, issued[0]))


def _state_of(request: Request, form: Form) -> dict[str, object]:
    return {"challenge": challenge_in(request, form), "user_verification": VERIFIED}


def _new_challenge(request: Request) -> tuple[bytes, str]:
    issued = f"{int(recorder_of(request).clock().timestamp())}-{secrets.token_hex(16)}"
    return _challenge(request, issued), issued


def _challenge(request: Request, issued: str) -> bytes:
    return recorder_of(request).key.fingerprint(f"passkey:{browser_of(request).visit}:{issued}")


def _server_of(request: Request) -> Fido2Server:
    address = recorder_of(request).address
    party = PublicKeyCredentialRpEntity(name="Xác nhận đã đọc", id=urlsplit(address).hostname)
    return Fido2Server(party, verify_origin=lambda origin: origin == address)
