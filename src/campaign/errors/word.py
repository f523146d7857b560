"""Faults of Word files that come in."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError

_NOTHING_WRITTEN = "Chưa có gì được ghi."


class WordDamagedError(CampaignError):
    """The file, or a part of it, is cut short or altered."""

    code = "E-WORD-DAMAGED"

    def __init__(self, part: str = "") -> None:
        """Name the part, when the archive itself could be opened."""
        where = f" (phần “{part}”)" if part else ""
        super().__init__(
            f"Tệp Word bị hỏng hoặc bị cắt cụt{where}.",
            f"Xin lại tệp từ nơi gửi, hoặc mở bằng Word rồi lưu thành tệp .docx mới. {_NOTHING_WRITTEN}",
        )


class WordKindError(CampaignError):
    """The file is no Word document, or one of the old kind."""

    code = "E-WORD-KIND"

    def __init__(self, kind: str = "") -> None:
        """Name the kind, when it is known."""
        what = f"Tệp này là {kind} đời cũ" if kind else "Tệp này không phải văn bản Word (.docx)"
        super().__init__(
            f"{what}.",
            f"Mở bằng Word hoặc LibreOffice rồi chọn Lưu thành (Save as) .docx và nhập lại. {_NOTHING_WRITTEN}",
        )


class WordPasswordError(CampaignError):
    """The document asks for a password."""

    code = "E-WORD-PASSWORD"

    def __init__(self) -> None:
        """Word the fault."""
        super().__init__(
            "Tệp Word này đặt mật khẩu.",
            f"Mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu) rồi lưu và nhập lại. {_NOTHING_WRITTEN}",
        )


class WordTooLargeError(CampaignError):
    """The file is larger than an official document ever is, packed or unpacked."""

    code = "E-WORD-TOO-LARGE"

    def __init__(self, reason: str) -> None:
        """Say what is too large."""
        super().__init__(
            f"Tệp Word lớn khác thường: {reason}.",
            f"Văn bản thật thì giảm cỡ hình (Word: Nén ảnh) rồi lưu lại; tệp lạ thì đừng mở. {_NOTHING_WRITTEN}",
        )


class WordDoctypeError(CampaignError):
    """A part declares a document type, which Word never does: a way to swell or to read other files."""

    code = "E-WORD-DOCTYPE"

    def __init__(self, part: str) -> None:
        """Name the part."""
        super().__init__(
            f"Phần “{part}” của tệp chứa khai báo DOCTYPE, điều mà Word không bao giờ ghi.",
            f"Tệp này có thể là tệp bẫy. Xin lại tệp từ nơi gửi và báo người quản trị. {_NOTHING_WRITTEN}",
        )


class WordNestingError(CampaignError):
    """Elements stand inside each other deeper than any writer makes them."""

    code = "E-WORD-NESTING"

    def __init__(self, part: str) -> None:
        """Name the part."""
        super().__init__(
            f"Phần “{part}” của tệp lồng nhau quá sâu.",
            "Nếu là văn bản thật, bỏ bớt bảng lồng trong bảng rồi lưu lại; nếu không, tệp này có thể là tệp bẫy. "
            f"{_NOTHING_WRITTEN}",
        )


class WordExternalError(CampaignError):
    """The document fetches something from elsewhere when it is opened."""

    code = "E-WORD-EXTERNAL"

    def __init__(self, target: str) -> None:
        """Name the address."""
        super().__init__(
            f"Văn bản lấy nội dung từ nơi khác: “{target[:120]}”.",
            "Mở bằng Word, chèn hẳn hình hoặc tệp đó vào văn bản (Tệp, Thông tin, Sửa liên kết, Ngắt liên kết) "
            "rồi lưu lại. "
            f"Không có địa chỉ nào được mở. {_NOTHING_WRITTEN}",
        )


class WordNameError(CampaignError):
    """A part's name points outside the folder that it would be unpacked to."""

    code = "E-WORD-NAME"

    def __init__(self, name: str) -> None:
        """Name the part."""
        super().__init__(
            f"Tệp chứa phần có tên trỏ ra ngoài: “{name[:120]}”.",
            f"Tệp này có thể là tệp bẫy. Xin lại tệp từ nơi gửi và báo người quản trị. {_NOTHING_WRITTEN}",
        )


class WordMacroError(CampaignError):
    """The document carries macros."""

    code = "E-WORD-MACRO"

    def __init__(self) -> None:
        """Word the fault."""
        super().__init__(
            "Tệp Word này chứa macro (mã lệnh).",
            f"Đừng bật macro. Mở bằng Word, lưu thành .docx thường (không macro) rồi nhập lại. {_NOTHING_WRITTEN}",
        )


class WordFontError(CampaignError):
    """The text is in a legacy encoding that is not known here."""

    code = "E-WORD-FONT"

    def __init__(self) -> None:
        """Word the fault."""
        super().__init__(
            "Văn bản dùng phông chữ đời cũ không phải TCVN3 hay VNI (ví dụ VPS, VISCII, Vietware).",
            "Chuyển văn bản sang Unicode bằng công cụ chuyển mã (ví dụ UniKey Toolkit) rồi nhập lại. "
            f"{_NOTHING_WRITTEN}",
        )


class WordEffortError(CampaignError):
    """Reading took more time or memory than any official document needs."""

    code = "E-WORD-EFFORT"

    def __init__(self) -> None:
        """Word the fault."""
        super().__init__(
            "Đọc tệp này cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép.",
            "Chia văn bản thành các tệp nhỏ hơn, hoặc chép nội dung sang tệp Word mới rồi nhập lại. "
            f"{_NOTHING_WRITTEN}",
        )


class WordLossError(CampaignError):
    """Words of the document are missing from the post."""

    code = "E-WORD-LOSS"

    def __init__(self, kept: float, missing: Sequence[str]) -> None:
        """Say how much was kept (percent) and list what is missing."""
        shown = "; ".join(f"“{words}”" for words in missing)
        super().__init__(
            f"Bài chỉ giữ được {kept:.2f}% số từ của văn bản, dưới mức 99,5%. Thiếu: {shown}.".replace(
                f"{kept:.2f}", f"{kept:.2f}".replace(".", ",")
            ),
            "Mở văn bản bằng Word, lưu lại rồi thử lần nữa; vẫn thiếu thì thêm --accept-loss và tự bổ sung phần thiếu. "
            f"{_NOTHING_WRITTEN}",
        )


class LibreOfficeError(CampaignError):
    """An old ``.doc`` needs LibreOffice, which is missing or gave up."""

    code = "E-WORD-LIBREOFFICE"

    def __init__(self, *, is_missing: bool) -> None:
        """Say whether it is missing."""
        what = "máy này chưa cài LibreOffice" if is_missing else "LibreOffice không chuyển được tệp này"
        super().__init__(
            f"Tệp .doc đời cũ phải qua LibreOffice, mà {what}.",
            f"Mở bằng Word rồi lưu thành .docx, hoặc cài LibreOffice Writer, rồi nhập lại. {_NOTHING_WRITTEN}",
        )
