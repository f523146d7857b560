"""Faults of the database and the ledger."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from campaign.errors.base import CampaignError


class StoreUnreachableError(CampaignError, code="E-STORE-UNREACHABLE", status=503):
    """The database does not answer, or refused to write."""

    doing: str = "Chưa có gì được ghi nhận"
    wrong = "Bộ ghi nhận tạm thời không liên lạc được với cơ sở dữ liệu."
    todo = "{doing}. Mời thử lại sau ít phút; bấm lại nhiều lần cũng không ghi trùng. Nếu vẫn lỗi, báo Văn phòng."


class DatabaseCorruptError(StoreUnreachableError, code="E-STORE-CORRUPT", status=503):
    """The file of the database is damaged, or is no database."""

    wrong = "Tệp cơ sở dữ liệu đã hỏng (hoặc không phải tệp cơ sở dữ liệu)."
    todo = (
        "{doing}. Người quản trị: dừng bộ ghi nhận, giữ riêng tệp hỏng, khôi phục bản sao lưu gần nhất vào tệp mới "
        "bằng “campaign restore”."
    )


class UncertainCommitError(CampaignError, code="E-STORE-UNCERTAIN", status=503):
    """The connection was lost while committing, so nobody knows yet whether the entry is there."""

    wrong = "Chưa biết chắc lần gửi này đã được ghi hay chưa."
    todo = (
        "Mời bấm xác nhận lại: nếu đã ghi rồi, lần đầu được giữ và không bị ghi trùng. "
        "Việc khác thì xem đã có chưa rồi hãy làm lại."
    )


class DatabaseVersionError(CampaignError, code="E-STORE-NEWER", status=503):
    """The database was made by a newer program."""

    found: int
    known: int
    program: str
    wrong = "Cơ sở dữ liệu ở mức {found} (do bản {program} lập), mới hơn mức {known} mà chương trình này hiểu."
    todo = "Cài bản chương trình mới hơn rồi chạy lại. Dữ liệu không bị thay đổi."


class TablesDifferError(CampaignError, code="E-STORE-TABLES", status=503):
    """Tables whose rows are nowhere else differ from those of this program, at the same level."""

    differences: Sequence[str]
    program: str
    wrong = "Các bảng trong cơ sở dữ liệu không phải của bản chương trình này:\n- {differences:\n- }"
    todo = (
        "Bản lập các bảng: {program}. Sao lưu bằng chính bản đó (“campaign backup”), rồi bằng bản này khôi phục vào cơ "
        "sở dữ liệu trống (“campaign restore”); không còn bản đó thì khôi phục bản sao lưu gần nhất. "
        "Dữ liệu chưa thay đổi."
    )


class StoreUnfitError(CampaignError, code="E-STORE-UNFIT", status=503):
    """What readers are told when the database is there and only an operator can make it fit."""

    wrong = "Bộ ghi nhận chưa dùng được cơ sở dữ liệu; người quản trị phải sửa."
    todo = "Chưa có gì được ghi nhận. Mời báo Văn phòng; các trang thông báo vẫn đọc được."


class MigrationFailedError(CampaignError, code="E-STORE-OLDER", status=503):
    """A database of an older program cannot be brought up to date."""

    found: int
    needed: int
    wrong = "Không nâng được cơ sở dữ liệu từ mức {found} lên mức {needed}: có dòng ghi không đọc được."
    todo = (
        "Mở lại bằng bản chương trình cũ và chạy “campaign ledger verify” để biết dòng nào, "
        "rồi khôi phục từ bản sao lưu. Cơ sở dữ liệu chưa thay đổi."
    )


class CampaignExistsError(CampaignError, code="E-STORE-EXISTS"):
    """A campaign is to be opened in a database that already has a campaign."""

    wrong = "Cơ sở dữ liệu này đã có một đợt tuyên truyền."
    todo = "Chọn tệp cơ sở dữ liệu khác bằng thiết lập “database”. Dữ liệu đang có vẫn nguyên vẹn."


class NoCampaignError(CampaignError, code="E-STORE-EMPTY", status=503):
    """A command needs a campaign, and the database has no campaign."""

    database: str
    wrong = "Chưa có đợt tuyên truyền nào trong {database}."
    todo = "Mở đợt mới bằng “campaign init”, hoặc “campaign init --sample” để xem dữ liệu minh hoạ."


class LedgerAlteredError(CampaignError, code="E-LEDGER-ALTERED"):
    """The ledger does not verify."""

    findings: Sequence[str]
    wrong = "Sổ ghi nhận đã bị thay đổi:\n- {findings:\n- }"
    todo = (
        "Nếu mọi dòng trên đều bắt đầu bằng “bảng”, các dòng ghi còn nguyên: chạy “campaign ledger rebuild”. "
        "Nếu không, dừng bộ ghi nhận, giữ nguyên tệp cơ sở dữ liệu làm bằng chứng, "
        "báo người phụ trách và khôi phục từ bản sao lưu."
    )


class LedgerKeyError(CampaignError, code="E-LEDGER-KEY"):
    """The ledger's signing key cannot be used."""

    file: str
    wrong = "{file}: không dùng được khoá ký mốc kiểm chứng."
    todo = (
        "Khôi phục tệp khoá từ bản sao lưu, để tài khoản đang chạy đọc được. Đừng xoá: "
        "khoá mới không ký thay khoá cũ được. Sổ ghi nhận vẫn nguyên vẹn."
    )


class LedgerKeyMissingError(CampaignError, code="E-LEDGER-KEY-MISSING", status=503):
    """The ledger's signing key is not where it should be; a new one would spoil the ledger."""

    file: str
    wrong = "Không thấy tệp khoá ký mốc kiểm chứng {file}."
    todo = (
        "Trả tệp khoá về đúng chỗ (từ bản giữ riêng), hoặc chỉ đúng chỗ bằng thiết lập “key”. "
        "Khoá mới chỉ được tạo khi mở sổ mới bằng “campaign init”; chưa có gì được tạo hay thay đổi."
    )


class ClockBehindError(CampaignError, code="E-CLOCK-BEHIND", status=503):
    """The server's clock stands before the newest entry of the ledger."""

    newest: datetime
    wrong = "Đồng hồ máy chủ chậm hơn sổ ghi nhận: dòng ghi mới nhất lúc {newest_told}."
    todo = (
        "Lần xác nhận này chưa được ghi. Báo Văn phòng để người quản trị chỉnh đồng hồ máy chủ, rồi xác nhận lại; "
        "bấm lại không có hại gì."
    )

    @property
    def newest_told(self) -> str:
        """The time of the newest entry, in Viet Nam."""
        return f"{self.newest.astimezone(timezone(timedelta(hours=7))):%H:%M:%S ngày %d/%m/%Y}"


class ForeignKeyError(CampaignError, code="E-LEDGER-KEY-FOREIGN", status=503):
    """The signing key is not the one of this ledger, or was replaced."""

    key: str
    expected: str = ""
    wrong = "Khoá đang dùng không phải khoá của sổ này.\nKhoá đang dùng:  {key}{expected_line}"
    todo = (
        "Trả lại đúng tệp khoá của sổ; nếu khoá vừa được thay bằng “campaign ledger rotate-key” thì khởi động lại bộ "
        "ghi nhận. Chưa ký và chưa ghi gì; các mốc đã ký vẫn nguyên."
    )

    @property
    def expected_line(self) -> str:
        """The key that the ledger names, on a line of its own; empty when it names none."""
        return f"\nKhoá của sổ:     {self.expected}" if self.expected else ""


class CheckpointFileError(CampaignError, code="E-LEDGER-CHECKPOINT"):
    """A file is not a checkpoint that the ledger's key signed."""

    file: str
    wrong = "{file}: không phải mốc kiểm chứng do khoá của sổ này ký."
    todo = (
        "Chọn đúng tệp mà “campaign ledger checkpoint” đã in ra, giữ nguyên từng chữ; "
        "nếu sổ của nơi khác, thêm khoá công khai của nơi đó bằng --key. Sổ chưa được kiểm tra."
    )


class WitnessFileError(CampaignError, code="E-WITNESS-FILE"):
    """The file that names the witnesses cannot be used."""

    file: str
    reason: str
    wrong = "{file}: không dùng được tệp nhân chứng này ({reason})."
    todo = (
        "Mỗi dòng một nhân chứng “witness TÊN KHOÁ https://…”, các nhóm “group TÊN SỐ NHÂN-CHỨNG…” và một dòng "
        "“quorum TÊN” hay “quorum none” như C2SP tlog-policy; không có dòng “log”. Chưa có gì được ký hay gửi."
    )


class CheckpointNowhereError(CampaignError, code="E-CHECKPOINT-NOWHERE"):
    """A checkpoint is to leave, and no place is set."""

    wrong = "Chưa đặt nơi nào nhận mốc kiểm chứng, và chưa có nhân chứng nào."
    todo = "Đặt ít nhất một nơi bằng thiết lập “checkpoint_to”, hoặc khai nhân chứng trong tệp ở thiết lập “witnesses”."


class CheckpointStayedError(CampaignError, code="E-CHECKPOINT-STAYED"):
    """A checkpoint did not arrive at some place."""

    size: int
    failures: Sequence[str]
    wrong = "Mốc kiểm chứng {size} dòng ghi chưa đến được:\n- {failures:\n- }"
    todo = (
        "Xem lý do ở từng dòng. Nếu nói sổ bị viết lại hay quay lui mà không ai vừa khôi phục bản sao lưu, hãy dừng bộ "
        "ghi nhận và giữ nguyên mọi tệp làm bằng chứng. Nơi khác đã nhận thì vẫn giữ mốc; chạy lại lệnh thì gửi lại."
    )


class BackupFileError(CampaignError, code="E-BACKUP-FILE"):
    """A file that is to be restored is no backup of this program."""

    file: str
    reason: str
    wrong = "{file}: không khôi phục được từ tệp này ({reason})."
    todo = (
        "Chọn tệp do “campaign backup” tạo ra, bằng phiên bản chương trình này hoặc cũ hơn. "
        "Cơ sở dữ liệu chưa thay đổi."
    )


class BackupKeyError(CampaignError, code="E-BACKUP-KEY"):
    """A backup cannot be encrypted for a key, or not be opened with one."""

    key: str
    wrong = "Khoá “{key}” không dùng được cho bản sao lưu mã hoá."
    todo = (
        "Khi sao lưu, nêu khoá công khai bắt đầu bằng age1…; khi khôi phục, nêu bằng --identity tệp giữ khoá bí mật "
        "(AGE-SECRET-KEY-1…) của chính khoá đó. Chưa có gì thay đổi."
    )
