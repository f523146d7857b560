"""The Office's page of the tokens by which programs read aggregates."""

from dataclasses import dataclass
from typing import ClassVar

from campaign.store.credentials.api_tokens import ApiToken


@dataclass(frozen=True, slots=True)
class TokensPage:
    """The tokens in force, and a form that makes one.

    Attributes:
        address: Where programs ask.
        name: What was typed as a name.
        made: The token that was made just now: it is shown this once.
    """

    template: ClassVar[str] = "office_tokens.html"
    title: ClassVar[str] = "Khoá đọc số liệu"
    tokens: tuple[ApiToken, ...]
    address: str
    name: str = ""
    made: str = ""
    problem: str | None = None
    remedy: str | None = None
