"""Faults of the database and the ledger."""

from collections.abc import Iterable

from campaign.errors.base import CampaignError


class StoreUnreachableError(CampaignError):
    """The database does not answer, or refused to write."""

    code = "E-STORE-UNREACHABLE"

    def __init__(self, doing: str = "Chưa có gì được ghi nhận") -> None:
        """Say what did not happen."""
        super().__init__(
            "Bộ ghi nhận tạm thời không liên lạc được với cơ sở dữ liệu.",
            f"{doing}. Mời thử lại sau ít phút; bấm lại nhiều lần cũng không ghi trùng. Nếu vẫn lỗi, báo Văn phòng.",
        )


class UncertainCommitError(CampaignError):
    """The connection was lost while committing, so nobody knows yet whether the entry is there."""

    code = "E-STORE-UNCERTAIN"

    def __init__(self) -> None:
        """Say that trying again is harmless."""
        super().__init__(
            "Chưa biết chắc lần xác nhận này đã được ghi hay chưa.",
            "Mời bấm xác nhận lại: nếu đã ghi rồi, lần đầu được giữ và không bị ghi trùng.",
        )


class DatabaseVersionError(CampaignError):
    """The database was made by a newer program."""

    code = "E-STORE-NEWER"

    def __init__(self, found: int, known: int) -> None:
        """Name both schema versions."""
        super().__init__(
            f"Cơ sở dữ liệu ở mức {found}, mới hơn mức {known} mà chương trình này hiểu.",
            "Cài bản chương trình mới hơn rồi chạy lại. Dữ liệu không bị thay đổi.",
        )


class MigrationFailedError(CampaignError):
    """A database of an older program cannot be brought up to date."""

    code = "E-STORE-OLDER"

    def __init__(self, found: int, needed: int) -> None:
        """Name both schema versions."""
        super().__init__(
            f"Không nâng được cơ sở dữ liệu từ mức {found} lên mức {needed}: có dòng ghi không đọc được.",
            "Mở lại bằng bản chương trình cũ và chạy “campaign ledger verify” để biết dòng nào, rồi khôi phục từ "
            "bản sao lưu. Cơ sở dữ liệu chưa thay đổi.",
        )


class CampaignExistsError(CampaignError):
    """A campaign is to be opened in a database that has one."""

    code = "E-STORE-EXISTS"

    def __init__(self) -> None:
        """Say that nothing was changed."""
        super().__init__(
            "Cơ sở dữ liệu này đã có một đợt tuyên truyền.",
            "Chọn tệp cơ sở dữ liệu khác bằng thiết lập “database”. Dữ liệu đang có vẫn nguyên vẹn.",
        )


class NoCampaignError(CampaignError):
    """A command needs a campaign, and the database has none."""

    code = "E-STORE-EMPTY"

    def __init__(self, database: str) -> None:
        """Name the database."""
        super().__init__(
            f"Chưa có đợt tuyên truyền nào trong {database}.",
            "Mở đợt mới bằng “campaign init”, hoặc “campaign init --sample” để xem dữ liệu minh hoạ.",
        )


class LedgerAlteredError(CampaignError):
    """The ledger does not verify."""

    code = "E-LEDGER-ALTERED"

    def __init__(self, findings: Iterable[str]) -> None:
        """List what was found, entry by entry."""
        self.findings = tuple(findings)
        super().__init__(
            "Sổ ghi nhận đã bị thay đổi:\n" + "\n".join(f"- {finding}" for finding in self.findings),
            "Nếu mọi dòng trên đều bắt đầu bằng “bảng”, các dòng ghi còn nguyên: chạy “campaign ledger rebuild”. "
            "Nếu không, dừng bộ ghi nhận, giữ nguyên tệp cơ sở dữ liệu làm bằng chứng, báo người phụ trách "
            "và khôi phục từ bản sao lưu.",
        )


class LedgerKeyError(CampaignError):
    """The ledger's signing key cannot be used."""

    code = "E-LEDGER-KEY"

    def __init__(self, file: str) -> None:
        """Name the key's file."""
        super().__init__(
            f"{file}: không dùng được khoá ký mốc kiểm chứng.",
            "Khôi phục tệp khoá từ bản sao lưu, để tài khoản đang chạy đọc được. Đừng xoá: khoá mới không ký thay khoá "
            "cũ được. Sổ ghi nhận vẫn nguyên vẹn.",
        )


class CheckpointFileError(CampaignError):
    """A file that is given as a checkpoint is none that the ledger's key signed."""

    code = "E-LEDGER-CHECKPOINT"

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file}: không phải mốc kiểm chứng do khoá của sổ này ký.",
            "Chọn đúng tệp mà “campaign ledger checkpoint” đã in ra, giữ nguyên từng chữ; nếu sổ của nơi khác, "
            "thêm khoá công khai của nơi đó bằng --key. Sổ chưa được kiểm tra.",
        )


class BackupFileError(CampaignError):
    """A file that is to be restored is no backup of this program."""

    code = "E-BACKUP-FILE"

    def __init__(self, file: str, reason: str) -> None:
        """Name the file and the reason."""
        super().__init__(
            f"{file}: không khôi phục được từ tệp này ({reason}).",
            "Chọn tệp do “campaign backup” tạo ra, bằng phiên bản chương trình này hoặc cũ hơn. Cơ sở dữ liệu chưa "
            "thay đổi.",
        )
