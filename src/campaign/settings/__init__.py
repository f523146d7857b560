"""The settings: one table, read from options, environment, file and defaults, in this order."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from campaign.errors.settings import SettingMissingError, SettingValueError, UnknownSettingError
from campaign.settings.parsing import Listen, Place
from campaign.settings.table import TABLE

__all__ = [
    "ENVIRONMENT_PREFIX", "LOOPBACK", "SITE_VARIABLES", "TABLE", "Listen", "Place", "Settings", "read_settings",
    "system_clock",
]  # fmt: skip

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names by which a machine reaches itself, and nobody else does."""
SETTINGS_FILE = Path("campaign.toml")
ENVIRONMENT_PREFIX = "CAMPAIGN_"
_ENVIRONMENT = "biến môi trường"
_FILE_SUFFIX = "_file"
SITE_VARIABLES = ("CAMPAIGN_SITE_URL", "CAMPAIGN_RECORDER_URL")
"""What mkdocs.yml reads from the environment: no settings of the recorder."""
_NEEDED = {"proxy": ("proxy_secret",), "mail": ("smtp", "smtp_from"), "oidc": ("oidc_issuer", "oidc_client")}
"""What must be set for a way in to be open, where there is no default."""
_NEEDED_TO_SEND = {"web": ("checkpoint_secret",), "mail": ("smtp", "smtp_from")}
"""What must be set for checkpoints to go to a kind of place."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; each is explained in ``TABLE``."""

    database: str
    site: Path
    address: str
    listen: Listen
    metrics: Listen | None
    proxies: frozenset[str]
    key: Path
    origin: str
    press_timeout: float
    department: Path
    report_template: Path
    smtp: str
    smtp_from: str
    smtp_password: str = field(repr=False)
    checkpoint_to: tuple[Place, ...]
    checkpoint_secret: str = field(repr=False)
    witnesses: Path
    outbox: Path
    csv_separator: str
    ways_in: frozenset[str]
    proxy_header: str
    proxy_secret: str = field(repr=False)
    proxy_domain: str
    oidc_issuer: str
    oidc_client: str
    oidc_secret: str = field(repr=False)
    oidc_claim: str
    oidc_domain: str


def read_settings(options: Mapping[str, str], environment: Mapping[str, str], file: Path = SETTINGS_FILE) -> Settings:
    """Gather the settings.

    Args:
        options: What was given on the command line, by name.
        environment: The environment; a setting's name there is ``CAMPAIGN_`` and its name in capitals.
        file: A TOML file; it need not exist.

    With ``_file`` behind its name, wherever it is given, the value is read from that file: so a secret is in no list of
    processes.

    Raises:
        UnknownSettingError: An option, a variable with our prefix or a line of the file names no setting.
        SettingValueError: A value cannot be used.
        SettingMissingError: A way in is open, or a place is to get checkpoints, and lacks what it needs.
    """
    values = {setting.name: (setting.default, "mặc định") for setting in TABLE}
    in_environment = {
        key.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for key, value in environment.items()
        if key.startswith(ENVIRONMENT_PREFIX) and key not in SITE_VARIABLES
    }
    sources = (
        (str(file), _read_file(file)),
        (_ENVIRONMENT, in_environment),
        ("tuỳ chọn dòng lệnh", options),
    )
    for source, given in sources:
        for name, value in given.items():
            known, is_named_file = name.removesuffix(_FILE_SUFFIX), name.endswith(_FILE_SUFFIX)
            if known not in values:
                raise UnknownSettingError(source, name, tuple(values))
            values[known] = (_read_value(source, name, value) if is_named_file else value, source)
    parsed: dict[str, Any] = {}
    for setting in TABLE:
        value, source = values[setting.name]
        try:
            parsed[setting.name] = setting.parse(value)
        except ValueError:
            # An address may hold a password.
            shown = "***" if setting.is_secret else re.sub("//.*@", "//***@", value)
            raise SettingValueError(source, setting.name, shown, setting.allowed) from None
    settings = Settings(**parsed)
    needs = [("ways_in", way, _NEEDED.get(way, ())) for way in sorted(settings.ways_in)]
    needs += [("checkpoint_to", place.where, _NEEDED_TO_SEND.get(place.kind, ())) for place in settings.checkpoint_to]
    for setting_name, value, needed in needs:
        missing = [name for name in needed if not getattr(settings, name)]
        if missing:
            raise SettingMissingError(setting_name, value, missing)
    return settings


def system_clock() -> datetime:
    """Return the present instant of this machine's clock, in UTC."""
    return datetime.now(UTC)


def _read_value(source: str, name: str, path: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = f"{ENVIRONMENT_PREFIX}{name.upper()}" if source == _ENVIRONMENT else name
        raise SettingValueError(source, name, path, "đường dẫn của một tệp đọc được") from None


def _read_file(file: Path) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingValueError(str(file), "(cả tệp)", str(error), 'các dòng dạng tên = "giá trị"') from None
