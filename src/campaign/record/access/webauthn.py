"""What is asked of a passkey, and what its answer is worth (WebAuthn).

Looking at a page writes nothing, so no challenge is kept: it is made from the visit, the instant and chance with the
ledger's key, and serves for some minutes. An answer serves once: its challenge is then kept until its time is over.
"""

import json
import re
import secrets
from collections.abc import Iterable
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

from campaign.errors.access import PasskeyRefusedError
from campaign.record.access.passkey_challenge import Question
from campaign.record.server.recorder import Recorder
from campaign.record.web.guard import Browser, Form, field
from campaign.store.credentials.accounts import Account
from campaign.store.credentials.passkeys import Passkey

CHALLENGE_LASTS = timedelta(minutes=5)
VERIFIED = UserVerificationRequirement.REQUIRED
"""A passkey must know its holder, by a fingerprint or a code: so it is two factors in one."""


def ask_for_new(recorder: Recorder, browser: Browser, account: Account, known: Iterable[Passkey]) -> Question:
    """Return the question by which an account gets another passkey."""
    challenge, issued = _new_challenge(recorder, browser)
    user = PublicKeyCredentialUserEntity(id=account.name.encode(), name=account.name, display_name=account.full_name)
    options, _ = _server(recorder).register_begin(
        user, [_credential(one) for one in known], ResidentKeyRequirement.REQUIRED, VERIFIED, challenge=challenge
    )
    return Question(json.dumps(dict(options.public_key)), issued)


def ask(recorder: Recorder, browser: Browser) -> Question:
    """Return the question that any passkey answers which is for us."""
    challenge, issued = _new_challenge(recorder, browser)
    options, _ = _server(recorder).authenticate_begin(None, VERIFIED, challenge)
    return Question(json.dumps(dict(options.public_key)), issued)


def read_new(recorder: Recorder, browser: Browser, account: Account, label: str, form: Form) -> Passkey:
    """Return the passkey that the browser made.

    Raises:
        PasskeyRefusedError: The answer is worth nothing.
    """
    state = _state_of(recorder, browser, form)
    try:
        data = _server(recorder).register_complete(state, json.loads(field(form, "answer")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefusedError from error
    credential = data.credential_data
    if credential is None:
        raise PasskeyRefusedError
    return Passkey(credential.credential_id, account.name, label, bytes(credential), data.counter, recorder.clock())


def credential_id_in(form: Form) -> bytes:
    """Return which passkey answers; empty when that cannot be read."""
    try:
        return websafe_decode(str(json.loads(field(form, "answer"))["rawId"]))
    except (ValueError, KeyError, TypeError):
        return b""


def read_answer(recorder: Recorder, browser: Browser, passkey: Passkey | None, form: Form) -> int:
    """Return the counter of the passkey that answered.

    Raises:
        PasskeyRefusedError: The answer is worth nothing.
    """
    state = _state_of(recorder, browser, form)
    if passkey is None:
        raise PasskeyRefusedError
    try:
        answer = AuthenticationResponse.from_dict(json.loads(field(form, "answer")))
        _server(recorder).authenticate_complete(state, [_credential(passkey)], answer)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PasskeyRefusedError from error
    return int(answer.response.authenticator_data.counter)


def challenge_in(recorder: Recorder, browser: Browser, form: Form) -> str:
    """Return the challenge that a form answers, as text.

    Raises:
        PasskeyRefusedError: It was issued too long ago, or never.
    """
    issued, now = re.fullmatch("([0-9]{1,12})-[0-9a-f]{32}", field(form, "issued")), recorder.clock().timestamp()
    if issued is None or not 0 <= int(now) - int(issued[1]) < CHALLENGE_LASTS.total_seconds():
        raise PasskeyRefusedError
    return websafe_encode(_challenge(recorder, browser, issued[0]))


def _state_of(recorder: Recorder, browser: Browser, form: Form) -> dict[str, object]:
    return {"challenge": challenge_in(recorder, browser, form), "user_verification": VERIFIED}


def _new_challenge(recorder: Recorder, browser: Browser) -> tuple[bytes, str]:
    issued = f"{int(recorder.clock().timestamp())}-{secrets.token_hex(16)}"
    return _challenge(recorder, browser, issued), issued


def _challenge(recorder: Recorder, browser: Browser, issued: str) -> bytes:
    return recorder.key.fingerprint(f"passkey:{browser.visit}:{issued}")


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(passkey.public)


def _server(recorder: Recorder) -> Fido2Server:
    party = PublicKeyCredentialRpEntity(name="Xác nhận đã đọc", id=urlsplit(recorder.address).hostname)
    return Fido2Server(party, verify_origin=lambda origin: origin == recorder.address)
