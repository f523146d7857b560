"""Checks of what is kept: database, key, backups."""

from datetime import timedelta

from campaign.cli.doctor.facts import Facts
from campaign.cli.doctor.finding import Check, Finding, fault, good, unknown, warning
from campaign.core.ledger.delivery import tell_overdue
from campaign.errors.store import TablesDifferError
from campaign.store.ledger.migrations import SCHEMA_VERSION, UNNAMED
from campaign.store.proofs.survey import POSTGRESQL_OPTIONS, Survey, password_in

BACKUP_AGE = timedelta(hours=26)
"""A day, and time for a nightly backup to be made."""
FREE_BYTES = 1024**3
OPEN_BACKUP = "Sao lưu bằng “campaign backup” mỗi ngày (mẫu ở scripts/deploy), rồi chép tệp sang máy khác."

OPEN_DEPARTURE = (
    "Đặt “checkpoint_to”, bật campaign-checkpoint.timer (mẫu ở scripts/deploy); “campaign ledger send” nói rõ lý do."
)


def check_database(facts: Facts) -> Finding:
    """Say whether there is a database with a campaign."""
    if facts.store_problem:
        return fault(f"Không mở được cơ sở dữ liệu: {facts.store_problem}", facts.store_remedy)
    if facts.survey is None or facts.survey.level is None:
        return fault(
            "Chưa có cơ sở dữ liệu ở nơi đã đặt.", "Mở đợt bằng “campaign init”, hoặc sửa thiết lập “database”."
        )
    if facts.survey.level == SCHEMA_VERSION and not facts.survey.differences and facts.survey.sample is None:
        return fault("Cơ sở dữ liệu chưa có đợt tuyên truyền nào.", "Mở đợt bằng “campaign init”.")
    return good("Mở được cơ sở dữ liệu, có một đợt tuyên truyền.")


def check_level(facts: Facts) -> Finding:
    """Say whether the tables are those of this program."""
    level = facts.survey.level if facts.survey else None
    if level is None:
        return unknown("Chưa xem được mức của các bảng.")
    if level > SCHEMA_VERSION:
        said = f"Cơ sở dữ liệu ở mức {level}, mới hơn mức {SCHEMA_VERSION} của chương trình này."
        return fault(said, "Cài bản chương trình mới hơn; đừng chạy bản này.")
    if level < SCHEMA_VERSION:
        said = f"Cơ sở dữ liệu ở mức {level}; lần mở tới sẽ được nâng lên mức {SCHEMA_VERSION}."
        return warning(said, "Sao lưu trước bằng bản chương trình cũ, rồi khởi động lại bộ ghi nhận.")
    differences = facts.survey.differences if facts.survey else None
    if differences and differences.kept:
        fit = TablesDifferError(differences.kept, (facts.survey and facts.survey.program) or UNNAMED)
        return fault(fit.problem, fit.remedy)
    if differences:
        return warning("Các bảng khác với bản chương trình này.", "Lần mở tới sẽ tự dựng lại từ sổ; sao lưu trước.")
    return good(f"Các bảng ở đúng mức {level}, từng bảng một.")


def check_sqlite_version(facts: Facts) -> Finding:
    """Say whether SQLite is new enough for a write-ahead log."""
    survey = facts.survey
    if survey is None:
        return unknown("Chưa xem được phiên bản.")
    if survey.kind != "sqlite":
        return good(f"Dùng PostgreSQL {survey.version}.")
    if survey.is_wal_safe:
        return good(f"SQLite {survey.version}.")
    said = f"SQLite {survey.version} có lỗi mất dữ liệu ở chế độ WAL, nên bộ ghi nhận dùng chế độ chậm hơn."
    return warning(said, "Cài gói pysqlite3 như trong requirements.lock. Dữ liệu vẫn an toàn.")


def check_durability(facts: Facts) -> Finding:
    """Say whether a power cut may take what was acknowledged."""
    survey = facts.survey
    if survey is None:
        return unknown("Chưa xem được cách ghi xuống đĩa.")
    wrong = [f"{name}={value}" for name, value in survey.options.items() if not _is_durable(survey, name, value)]
    if wrong:
        said = f"Mất điện có thể làm mất xác nhận đã ghi: {', '.join(wrong)}."
        return fault(said, "Đặt lại như tài liệu PostgreSQL: fsync, synchronous_commit và full_page_writes đều “on”.")
    return good(
        "Đã ghi nhận là đã nằm trên đĩa: " + ", ".join(f"{name}={value}" for name, value in survey.options.items())
    )


def check_copies(facts: Facts) -> Finding:
    """Say whether someone copies the database file as it is."""
    if facts.copies:
        names = ", ".join(file.name for file in facts.copies)
        said = (
            f"Cạnh cơ sở dữ liệu có bản chép thẳng tệp: {names}. Chép khi đang ghi có thể được nửa chừng một giao dịch."
        )
        return warning(said, f"{OPEN_BACKUP} Kiểm tra rồi xoá các bản chép này.")
    return good("Không có bản chép thẳng tệp cơ sở dữ liệu.")


def check_database_readers(facts: Facts) -> Finding:
    """Say whether others on the machine may read the database."""
    file = facts.database_file
    if file is None:
        return unknown("Cơ sở dữ liệu không phải một tệp trên máy này, hoặc chưa có.")
    if file.open_to:
        return fault(f"{file.path}: {file.open_to} trên máy này đọc được tên người.", f"Chạy: chmod 600 {file.path}")
    return good("Chỉ tài khoản chạy bộ ghi nhận đọc được cơ sở dữ liệu.")


def check_key(facts: Facts) -> Finding:
    """Say whether the ledger's own key is where it is expected."""
    if facts.key_file is not None and facts.survey is not None and facts.survey.foreign_key:
        said = " ".join(facts.survey.foreign_key.split())
        return fault(said, f"Trả lại đúng tệp khoá của sổ vào {facts.settings.key}; chưa ký gì bằng khoá này.")
    if facts.key_file is not None:
        return good(f"Có khoá ký ở {facts.settings.key}.")
    if facts.survey is not None and facts.survey.has_checkpoints:
        said = f"Không thấy khoá ký ở {facts.settings.key}, mà sổ đã có mốc kiểm chứng do khoá ấy ký."
        return fault(said, "Khôi phục tệp khoá từ nơi cất giữ: khoá mới không ký thay khoá cũ được.")
    return good("Chưa có khoá ký; lần chạy đầu sẽ tạo.")


def check_key_readers(facts: Facts) -> Finding:
    """Say whether others on the machine may read the key."""
    file = facts.key_file
    if file is None:
        return unknown("Chưa có tệp khoá.")
    if file.open_to:
        said = f"{file.path}: {file.open_to} trên máy này đọc được khoá ký."
        return fault(said, f"Chạy: chmod 600 {file.path}. Nếu nghi đã lộ, báo người kiểm tra sổ.")
    return good("Chỉ tài khoản chạy bộ ghi nhận đọc được khoá ký.")


def check_settings_readers(facts: Facts) -> Finding:
    """Say whether a secret is in a file that others may read."""
    file = facts.settings_file
    if file is not None and file.open_to and password_in(facts.settings.database):
        said = f"{file.path}: {file.open_to} đọc được, mà địa chỉ cơ sở dữ liệu có mật khẩu."
        return fault(said, "Chạy chmod 600, hoặc đưa mật khẩu vào tệp riêng và đặt CAMPAIGN_DATABASE_FILE.")
    return good("Không có bí mật nào nằm trong tệp thiết lập mà người khác đọc được.")


def check_exposed(facts: Facts) -> Finding:
    """Say whether the key or the database lies where the site is served from."""
    site = facts.settings.site.absolute()
    inside = [
        file.path
        for file in (facts.database_file, facts.key_file)
        if file and file.path.absolute().is_relative_to(site)
    ]
    if inside:
        said = f"Nằm trong thư mục trang, ai cũng tải được: {', '.join(map(str, inside))}."
        return fault(said, "Chuyển ra ngoài thư mục trang, sửa thiết lập rồi cấp lại phiếu.")
    return good("Cơ sở dữ liệu và khoá nằm ngoài thư mục trang.")


def check_backup(facts: Facts) -> Finding:
    """Say how old the newest backup is."""
    if facts.backup is None:
        return warning("Không thấy bản sao lưu nào.", OPEN_BACKUP)
    age = facts.now - facts.backup.changed_at
    if age > BACKUP_AGE:
        said = f"Bản sao lưu mới nhất ({facts.backup.path.name}) đã {age // timedelta(hours=1)} giờ tuổi."
        return warning(said, OPEN_BACKUP)
    return good(f"Bản sao lưu mới nhất: {facts.backup.path.name}.")


def check_departures(facts: Facts) -> Finding:
    """Say whether checkpoints leave this machine."""
    if facts.places_problem:
        return fault(facts.places_problem, "Sửa tệp ấy: chừng nào chưa sửa, không mốc nào ra khỏi máy.")
    if facts.survey is None:
        return unknown("Chưa xem được mốc đã đi đâu.")
    if said := tell_overdue(facts.places, facts.survey.deliveries, facts.now):
        return warning(said, OPEN_DEPARTURE)
    latest = {delivery.place: delivery for delivery in facts.survey.deliveries if delivery.place in facts.places}
    failed = [f"{place} ({delivery.problem})" for place, delivery in latest.items() if delivery.problem]
    if failed:
        return warning(f"Mốc kiểm chứng lần gần nhất chưa đến: {', '.join(failed)}.", OPEN_DEPARTURE)
    if set(facts.places) <= set(facts.near_places):
        said = f"Mọi nơi nhận mốc đều ở cùng đĩa với sổ: {', '.join(facts.places)}."
        return warning(said, "Thêm vào “checkpoint_to” một nơi mà người quản trị máy này không sửa được.")
    return good("Mốc kiểm chứng ra khỏi máy hằng ngày.")


def check_disk(facts: Facts) -> Finding:
    """Say whether there is room for what is to come."""
    free = facts.machine.free_bytes
    shown = f"Đĩa chứa cơ sở dữ liệu còn trống {free / 1024**3:.1f} GiB."
    if free < FREE_BYTES:
        return fault(shown, "Dọn đĩa hoặc thêm dung lượng: đĩa đầy thì không ghi nhận được nữa.")
    return good(shown)


def check_network_folder(facts: Facts) -> Finding:
    """Say whether the database lies on another machine's disk."""
    kind = facts.machine.network_folder
    if kind and facts.database_file is not None:
        said = f"Tệp cơ sở dữ liệu nằm trên ổ mạng ({kind}), nơi khoá tệp của SQLite không đáng tin."
        return fault(said, "Chuyển tệp về đĩa của máy này, hoặc dùng PostgreSQL.")
    return good("Cơ sở dữ liệu không nằm trên ổ mạng.")


def _is_durable(survey: Survey, name: str, value: str) -> bool:
    if name in POSTGRESQL_OPTIONS:
        return value == "on"
    return value == ("wal" if survey.is_wal_safe else "truncate") if name == "journal_mode" else value == "2"


def check_retention(facts: Facts) -> Finding:
    """Say whether personal data is kept longer than was promised."""
    if facts.survey is None:
        return unknown("Chưa xem được thời hạn giữ.")
    if facts.kept_too_long:
        said = f"Đã hết thời hạn giữ thông tin cá nhân của đợt: {'; '.join(facts.kept_too_long)}."
        return warning(said, "Xuất báo cáo cần giữ, rồi chạy “campaign privacy expire --dry-run --by TÀI-KHOẢN”.")
    return good("Không đợt nào quá thời hạn giữ thông tin cá nhân.")


CHECKS = (
    Check("database", "Mở được cơ sở dữ liệu và đã có đợt tuyên truyền", check_database),
    Check("schema-version", "Các bảng đúng mức của chương trình", check_level),
    Check("sqlite-version", "SQLite đủ mới", check_sqlite_version),
    Check("durability", "Đã ghi nhận thì mất điện không mất", check_durability),
    Check("network-folder", "Tệp cơ sở dữ liệu không nằm trên ổ mạng", check_network_folder),
    Check("plain-copies", "Không ai chép thẳng tệp cơ sở dữ liệu thay cho sao lưu", check_copies),
    Check("database-permissions", "Người khác trên máy không đọc được cơ sở dữ liệu", check_database_readers),
    Check("key", "Khoá ký của chính sổ này có ở nơi đã đặt", check_key),
    Check("key-permissions", "Người khác trên máy không đọc được khoá ký", check_key_readers),
    Check("settings-permissions", "Tệp thiết lập không để lộ mật khẩu", check_settings_readers),
    Check("exposed-files", "Cơ sở dữ liệu và khoá nằm ngoài thư mục trang", check_exposed),
    Check("backup-age", "Bản sao lưu mới nhất chưa quá một ngày", check_backup),
    Check("checkpoints-leave", "Mốc kiểm chứng ra khỏi máy", check_departures),
    Check("retention", "Thông tin cá nhân không bị giữ quá thời hạn", check_retention),
    Check("disk-space", "Đĩa còn chỗ", check_disk),
)
