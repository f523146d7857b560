"""The settings: one table, read from options, environment, file and defaults, in this order."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from campaign.errors import SettingValueError, UnknownSettingError

SETTINGS_FILE = Path("campaign.toml")
ENVIRONMENT_PREFIX = "CAMPAIGN_"
FILE_SUFFIX = "_FILE"
ENVIRONMENT = "biến môi trường"
SITE_VARIABLES = ("CAMPAIGN_SITE_URL", "CAMPAIGN_RECORDER_URL")
"""What mkdocs.yml reads from the environment: no settings of the recorder."""

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table.

    Attributes:
        parse: Turns the text into the value; raises ValueError when it cannot.
        allowed: What the value may be, for the one who has to mend it.
        help: What it is for.
    """

    name: str
    default: str
    parse: Callable[[str], Any]
    allowed: str
    help: str


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the recorder's server listens."""

    host: str
    port: int


def _parse_address(text: str) -> str:
    """Return the address as browsers write an Origin: in small letters, without the port that goes without saying."""
    parts = urlsplit(text.lower())
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or parts.port == 0:
        raise ValueError(text)
    address = f"{parts.scheme}://{parts.netloc}"
    if "@" in address or text.lower().removesuffix("/") != address:
        raise ValueError(text)
    return address.removesuffix(_DEFAULT_PORTS[parts.scheme])


def _parse_listen(text: str) -> Listen:
    host, separator, port = text.rpartition(":")
    if not separator or not host or not 0 <= int(port) < 2**16:
        raise ValueError(text)
    return Listen(host, int(port))


def _parse_database(text: str) -> str:
    """Return *text*, unless it names no database, or one that would be gone with the program."""
    is_known = text.startswith(("sqlite:///", "postgresql://")) and text not in {"sqlite:///", "sqlite:///:memory:"}
    if not is_known or urlsplit(text).port == 0:  # A port that is no number raises here.
        raise ValueError(text)
    return text


def _parse_mail_server(text: str) -> str:
    parts = urlsplit(text)
    # A password in an address ends up in lists of processes and logs.
    if text and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.port == 0 or parts.password):
        raise ValueError(text)
    return text


def _parse_path(text: str) -> Path:
    if not text:  # It would mean this very folder, and the whole of it would be served.
        raise ValueError(text)
    return Path(text)


def _parse_proxies(text: str) -> frozenset[str]:
    return frozenset(str(ip_address(one.strip())) for one in text.split(",") if one.strip())


def _parse_line(text: str) -> str:
    """Return *text*, unless it cannot be the name of a key in a signed note."""
    if text.split() != [text] or "+" in text:
        raise ValueError(text)
    return text


TABLE = (
    Setting(
        "database",
        "sqlite:///data/campaign.sqlite3",
        _parse_database,
        "sqlite:///đường-dẫn hoặc postgresql://người:mật-khẩu@máy/tên",
        "Cơ sở dữ liệu giữ sổ ghi nhận.",
    ),
    Setting("site", "site", _parse_path, "đường dẫn thư mục", "Thư mục trang đã dựng, bộ ghi nhận phục vụ kèm."),
    Setting(
        "address",
        "http://127.0.0.1:8000",
        _parse_address,
        "http://máy[:cổng] hoặc https://máy[:cổng]",
        "Địa chỉ mà trình duyệt dùng để mở bộ ghi nhận; in trong mã QR và để kiểm tra nguồn gửi biểu mẫu.",
    ),
    Setting("listen", "127.0.0.1:8000", _parse_listen, "máy:cổng", "Nơi máy chủ lắng nghe."),
    Setting(
        "proxies",
        "127.0.0.1, ::1",
        _parse_proxies,
        "các địa chỉ IP, cách nhau bằng dấu phẩy; hoặc để trống",
        "Máy chủ đứng trước bộ ghi nhận (nginx); chỉ từ đó mới tin địa chỉ người gửi trong X-Forwarded-For.",
    ),
    Setting(
        "key",
        "data/ledger.key",
        _parse_path,
        "đường dẫn tệp",
        "Khoá ký mốc kiểm chứng; tự tạo lần đầu, chỉ chủ tệp đọc được.",
    ),
    Setting(
        "origin",
        "skhcn.sonla.gov.vn/so-ghi-nhan",
        _parse_line,
        "một chuỗi không có khoảng trắng và dấu “+”",
        "Tên sổ ghi nhận, đứng đầu mỗi mốc kiểm chứng; đặt một lần, không đổi.",
    ),
    Setting(
        "department",
        "co-quan.toml",
        _parse_path,
        "đường dẫn tệp",
        "Tệp khai báo cơ quan đứng tên báo cáo và các căn cứ; không có tệp này thì dùng khai báo kèm chương trình.",
    ),
    Setting(
        "smtp",
        "",
        _parse_mail_server,
        "smtp://[tài-khoản@]máy[:cổng] hoặc smtps://…; hoặc để trống",
        "Máy chủ gửi thư nhắc; để trống thì mọi lời nhắc vào hộp chờ chuyển. Ngoài máy này, thư luôn được mã hoá.",
    ),
    Setting("smtp_from", "", str, "một địa chỉ thư điện tử", "Địa chỉ đứng tên thư nhắc."),
    Setting("smtp_password", "", str, "một chuỗi", "Mật khẩu gửi thư; nên đặt bằng biến môi trường hoặc tệp."),
    Setting("smtp_password_file", "", str, "đường dẫn tệp, hoặc để trống", "Tệp chứa mật khẩu gửi thư, dùng khi có."),
    Setting("outbox", "data/hop-cho", _parse_path, "đường dẫn thư mục", "Hộp chờ: lời nhắc để Văn phòng tự chuyển."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run; each is explained in ``TABLE``."""

    database: str
    site: Path
    address: str
    listen: Listen
    proxies: frozenset[str]
    key: Path
    origin: str
    department: Path
    smtp: str
    smtp_from: str
    smtp_password: str = field(repr=False)
    smtp_password_file: str
    outbox: Path


def read_settings(options: Mapping[str, str], environment: Mapping[str, str], file: Path = SETTINGS_FILE) -> Settings:
    """Gather the settings.

    Args:
        options: What was given on the command line, by name.
        environment: The environment; a setting's name there is ``CAMPAIGN_`` and its name in capitals. With ``_FILE``
            behind it, the value stands in that file: so a secret is in no list of processes.
        file: A TOML file; it need not exist.

    Raises:
        UnknownSettingError: An option, a variable with our prefix or a line of the file names no setting.
        SettingValueError: A value cannot be used.
    """
    values = {setting.name: (setting.default, "mặc định") for setting in TABLE}
    in_environment = dict(
        _read_variable(key, value)
        for key, value in environment.items()
        if key.startswith(ENVIRONMENT_PREFIX) and key not in SITE_VARIABLES
    )
    sources = (
        (str(file), _read_file(file)),
        (ENVIRONMENT, in_environment),
        ("tuỳ chọn dòng lệnh", options),
    )
    for source, given in sources:
        for name, value in given.items():
            if name not in values:
                raise UnknownSettingError(source, name, values)
            values[name] = (value, source)
    return Settings(**{setting.name: _parse(setting, *values[setting.name]) for setting in TABLE})


def system_clock() -> datetime:
    """Return the present instant of this machine's clock, in UTC."""
    return datetime.now(UTC)


def _parse(setting: Setting, value: str, source: str) -> Any:  # noqa: ANN401 - each setting has a type of its own
    try:
        return setting.parse(value)
    except ValueError:
        shown = re.sub("//.*@", "//***@", value)  # An address may hold a password.
        raise SettingValueError(source, setting.name, shown, setting.allowed) from None


def _read_variable(key: str, value: str) -> tuple[str, str]:
    name = key.removeprefix(ENVIRONMENT_PREFIX).lower()
    if not key.endswith(FILE_SUFFIX):
        return name, value
    try:
        return name.removesuffix(FILE_SUFFIX.lower()), Path(value).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        allowed = "đường dẫn của một tệp đọc được"
        raise SettingValueError(ENVIRONMENT, key, value, allowed) from None


def _read_file(file: Path) -> dict[str, str]:
    try:
        return {name: str(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingValueError(str(file), "(cả tệp)", str(error), 'các dòng dạng tên = "giá trị"') from None
