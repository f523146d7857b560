"""What a page asks a passkey."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """What a page asks a passkey.

    Attributes:
        options: What the browser's script hands to the passkey, as JSON.
        issued: Goes back with the answer.
    """

    options: str
    issued: str
