"""The settings: where they come from, in which order, and what they refuse."""

from pathlib import Path

import pytest

from campaign.errors.settings import SettingMissingError, SettingValueError, UnknownSettingError
from campaign.settings import Listen, Settings, read_settings, system_clock


def read(tmp_path: Path, text: str = "", environment: dict[str, str] | None = None, **options: str) -> Settings:
    file = tmp_path / "campaign.toml"
    if text:
        file.write_text(text, "utf-8")
    return read_settings(options, environment or {}, file)


def test_without_anything_given_the_defaults_stand(tmp_path: Path) -> None:
    assert read(tmp_path) == Settings(
        database="sqlite:///data/campaign.sqlite3",
        site=Path("site"),
        address="http://127.0.0.1:8000",
        listen=Listen("127.0.0.1", 8000),
        metrics=None,
        proxies=frozenset({"127.0.0.1", "::1"}),
        key=Path("data/ledger.key"),
        origin="skhcn.sonla.gov.vn/so-ghi-nhan",
        press_timeout=10.0,
        department=Path("content/co-quan.md"),
        report_template=Path("data/mau-bao-cao.docx"),
        smtp="",
        smtp_from="",
        smtp_password="",
        checkpoint_to=(),
        checkpoint_secret="",
        witnesses=Path("data/nhan-chung.txt"),
        outbox=Path("data/hop-cho"),
        csv_separator=";",
        ways_in=frozenset({"slip"}),
        proxy_header="x-remote-user",
        proxy_secret="",
        proxy_domain="",
        oidc_issuer="",
        oidc_client="",
        oidc_secret="",
        oidc_claim="sub",
        oidc_domain="",
    )


def test_options_come_before_the_environment_before_the_file(tmp_path: Path) -> None:
    text = 'site = "tep"\nkey = "tep"\norigin = "tep"\n'
    environment = {"CAMPAIGN_SITE": "moi-truong", "CAMPAIGN_KEY": "moi-truong", "PATH": "/bin"}

    settings = read(tmp_path, text, environment, site="tuy-chon")

    assert (settings.site, settings.key, settings.origin) == (Path("tuy-chon"), Path("moi-truong"), "tep")


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://xacnhan.example.vn/", "https://xacnhan.example.vn"),
        ("HTTPS://XacNhan.Example.VN", "https://xacnhan.example.vn"),
        ("https://xacnhan.example.vn:443", "https://xacnhan.example.vn"),
        ("http://xacnhan.example.vn:80/", "http://xacnhan.example.vn"),
        ("http://xacnhan.example.vn:443", "http://xacnhan.example.vn:443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_kept_as_browsers_name_an_origin(tmp_path: Path, given: str, origin: str) -> None:
    """Forms are taken from that very Origin only, so another spelling of it would refuse them all."""
    assert read(tmp_path, address=given).address == origin


def test_a_variable_may_name_a_file_that_holds_the_value(tmp_path: Path) -> None:
    secret = tmp_path / "bí mật"
    secret.write_text("postgresql://an:mat-khau@127.0.0.1/so\n", "utf-8")

    settings = read(tmp_path, environment={"CAMPAIGN_DATABASE_FILE": str(secret)})

    assert settings.database == "postgresql://an:mat-khau@127.0.0.1/so"
    with pytest.raises(SettingValueError, match="CAMPAIGN_DATABASE_FILE"):
        read(tmp_path, environment={"CAMPAIGN_DATABASE_FILE": str(tmp_path / "không có")})


def test_proxies_are_addresses_or_none(tmp_path: Path) -> None:
    assert read(tmp_path, proxies=" 10.0.0.1,2001:DB8::0001").proxies == {"10.0.0.1", "2001:db8::1"}
    assert read(tmp_path, proxies="").proxies == frozenset()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgres://an:x@may/so", "postgresql://an:x@may/so"),
        (
            "postgresql://an:x@a:5432,b:5433/so?target_session_attrs=read-write",
            "postgresql://an:x@/so?host=a:5432&host=b:5433&target_session_attrs=read-write",
        ),
        ("postgresql://a,b/so", "postgresql:///so?host=a&host=b"),
    ],
)
def test_the_database_is_named_as_its_own_programs_name_it(tmp_path: Path, written: str, meant: str) -> None:
    assert read(tmp_path, database=written).database == meant


BAD = {
    "proxies": ["nginx", "10.0.0.0/8", "10.0.0.1;10.0.0.2"],
    "database": [
        "",
        "campaign.sqlite3",
        "mysql://máy/tên",
        "sqlite:///",
        "sqlite:///:memory:",
        "postgresql://m:cổng/t",
        "postgresql://m:0/t",
        "postgresql://a:5432,b:0/t",
        "postgres://a:cổng,b:5432/t",
    ],
    "site": [""],
    "key": [""],
    "address": [
        "",
        "127.0.0.1:8000",
        "ftp://máy",
        "http://",
        "http://máy/đường",
        "http://máy/?x",
        "http://máy#x",
        "http://ai@máy",
        "http://máy:cổng",
        "http://máy:0",
        "http://[::1",
    ],
    "listen": ["", "8000", ":8000", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:65536", "127.0.0.1:-1"],
    "csv_separator": ["", ";;", "|", "\t"],
    "ways_in": ["", ",", "phieu", "slip, sms"],
    "oidc_issuer": ["dang-nhap.example", "http://dang-nhap.example", "https://", "https://a.example?x=1"],
    "proxy_header": ["", "X_Remote_User", "X Remote", "X-Remote-User:", "Mã"],
    "proxy_domain": ["SO\\", "@so.example", "so example", " "],
    "oidc_domain": ["@so.example"],
    "proxy_secret": ["ngan", "co dau tieng viet: mật khẩu", "hai dong\nhai dong hai dong"],
    "checkpoint_to": [
        "http://moc.example/nhan",
        "https://",
        "https://moc.example/?ma=1",
        "/var/lib/moc, https://a:b@moc.example",
    ],
    "checkpoint_secret": ["ngan"],
    "origin": ["", "có khoảng trắng", "hai\ndòng", "tab\tở giữa", "a+b"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_value_that_cannot_be_used_is_named_with_what_is_allowed(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingValueError, match=f"“{name}” có giá trị") as caught:
        read_settings({name: value}, {}, tmp_path / "campaign.toml")

    assert caught.value.problem.startswith("tuỳ chọn dòng lệnh: ")
    assert "Giá trị cho phép: " in caught.value.remedy


def test_a_password_in_a_wrong_address_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingValueError) as caught:
        read(tmp_path, environment={"CAMPAIGN_DATABASE": "postgres://campaign:bí/mật@máy/tên"})

    assert "bí" not in str(caught.value)
    assert "“postgres://***@máy/tên”" in caught.value.problem


def test_a_secret_stands_in_the_setting_or_in_a_file_that_it_names(tmp_path: Path) -> None:
    file = tmp_path / "bí mật.txt"
    file.write_text("mot-chuoi-bi-mat-trong-tep\n", "utf-8")

    given = [
        read(tmp_path, proxy_secret="mot-chuoi-bi-mat-du-dai"),
        read(tmp_path, proxy_secret_file=str(file)),
        read(tmp_path, f'proxy_secret_file = "{file}"'),
    ]

    assert [one.proxy_secret for one in given] == ["mot-chuoi-bi-mat-du-dai"] + ["mot-chuoi-bi-mat-trong-tep"] * 2
    assert "bi-mat" not in repr(given)


def test_a_wrong_secret_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingValueError, match=r"“\*\*\*”") as caught:
        read(tmp_path, proxy_secret="ngan")

    assert "ngan" not in str(caught.value).partition("Cách sửa")[0]


def test_a_way_in_that_lacks_its_secret_stops_the_program(tmp_path: Path) -> None:
    with pytest.raises(SettingMissingError, match="“ways_in” có “proxy” mà chưa đặt: proxy_secret"):
        read(tmp_path, ways_in="slip, proxy")

    opened = read(tmp_path, ways_in="slip, proxy", proxy_secret="mot-chuoi-bi-mat-du-dai")
    assert opened.ways_in == {"slip", "proxy"}


def test_each_kind_of_place_for_checkpoints_is_known_once(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        checkpoint_to="/var/lib/mốc kiểm chứng, luu@example.vn,https://moc.example/nhan, /var/lib/mốc kiểm chứng,",
        checkpoint_secret="mot-chuoi-bi-mat-du-dai",
        smtp="smtp://localhost",
        smtp_from="so@example.vn",
    )

    assert [(place.kind, place.where) for place in found.checkpoint_to] == [
        ("folder", "/var/lib/mốc kiểm chứng"),
        ("mail", "luu@example.vn"),
        ("web", "https://moc.example/nhan"),
    ]


@pytest.mark.parametrize(
    ("place", "lacks"), [("luu@example.vn", "smtp, smtp_from"), ("https://moc.example/nhan", "checkpoint_secret")]
)
def test_a_place_for_checkpoints_that_lacks_a_setting_stops_the_program(tmp_path: Path, place: str, lacks: str) -> None:
    with pytest.raises(SettingMissingError, match=f"“{place}” mà chưa đặt: {lacks}"):
        read(tmp_path, checkpoint_to=f"/var/lib/moc, {place}")


def test_an_unknown_line_of_the_file_is_named_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownSettingError, match="không có thiết lập nào tên “cổng”") as caught:
        read(tmp_path, '"cổng" = 8000\n')

    assert caught.value.problem.startswith(str(tmp_path / "campaign.toml"))
    assert "database, site, address, listen, metrics, proxies, key, origin" in caught.value.remedy


@pytest.mark.parametrize("content", [b"database = ", b'site = "\xff"'])
def test_a_file_that_cannot_be_read_stops_the_program(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "campaign.toml"
    file.write_bytes(content)

    with pytest.raises(SettingValueError, match="cả tệp"):
        read_settings({}, {}, file)


def test_a_value_of_the_file_is_named_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingValueError, match=r"campaign\.toml: thiết lập “listen” có giá trị “8000”"):
        read(tmp_path, "listen = 8000\n")


def test_the_clock_tells_an_aware_time_in_utc() -> None:
    offset = system_clock().utcoffset()

    assert offset is not None
    assert not offset


def test_mistyped_variable_stops_the_program_instead_of_using_the_default(tmp_path: Path) -> None:
    with pytest.raises(UnknownSettingError, match="databse"):
        read(tmp_path, environment={"CAMPAIGN_DATABSE": "sqlite:///that.sqlite3"})


def test_variables_of_the_site_are_no_settings(tmp_path: Path) -> None:
    environment = {"CAMPAIGN_SITE_URL": "https://skhcn.example/", "CAMPAIGN_RECORDER_URL": ""}

    assert read(tmp_path, environment=environment) == read(tmp_path)
