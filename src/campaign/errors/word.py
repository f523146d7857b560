"""Faults of Word files that come in."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError


class WordDamagedError(CampaignError, code="E-WORD-DAMAGED"):
    """The file, or a part of it, is cut short or altered."""

    part: str = ""
    wrong = "Tệp Word bị hỏng hoặc bị cắt cụt{where}."
    todo = "Xin lại tệp từ nơi gửi, hoặc mở bằng Word rồi lưu thành tệp .docx mới. Chưa có gì được ghi."

    @property
    def where(self) -> str:
        """Which part, when the archive itself could be opened."""
        return f" (phần “{self.part}”)" if self.part else ""


class WordKindError(CampaignError, code="E-WORD-KIND"):
    """The file is no Word document, or one of the old kind."""

    what: str = "không phải văn bản Word (.docx)"
    advice: str = "Mở bằng Word hoặc LibreOffice rồi chọn Lưu thành (Save as) .docx và nhập lại."
    wrong = "Tệp này {is_what}."
    todo = "{advice} Chưa có gì được ghi."

    @property
    def is_what(self) -> str:
        """What the file is, as far as it is known."""
        return self.what if self.what.startswith("không") else f"là {self.what}"


class WordPasswordError(CampaignError, code="E-WORD-PASSWORD"):
    """The document asks for a password."""

    wrong = "Tệp Word này đặt mật khẩu."
    todo = "Mở bằng Word, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ tài liệu) rồi lưu và nhập lại. Chưa có gì được ghi."


class WordTooLargeError(CampaignError, code="E-WORD-TOO-LARGE"):
    """The file is larger than an official document ever is, packed or unpacked."""

    reason: str
    wrong = "Tệp Word lớn khác thường: {reason}."
    todo = "Văn bản thật thì giảm cỡ hình (Word: Nén ảnh) rồi lưu lại; tệp lạ thì đừng mở. Chưa có gì được ghi."


class WordDoctypeError(CampaignError, code="E-WORD-DOCTYPE"):
    """A part declares a document type, which Word never does: a way to swell or to read other files."""

    part: str
    wrong = "Phần “{part}” của tệp chứa khai báo DOCTYPE, điều mà Word không bao giờ ghi."
    todo = "Tệp này có thể là tệp bẫy. Xin lại tệp từ nơi gửi và báo người quản trị. Chưa có gì được ghi."


class WordNestingError(CampaignError, code="E-WORD-NESTING"):
    """Elements are nested deeper than any writer makes them."""

    part: str
    wrong = "Phần “{part}” của tệp lồng nhau quá sâu."
    todo = (
        "Nếu là văn bản thật, bỏ bớt bảng lồng trong bảng rồi lưu lại; nếu không, tệp này có thể là tệp bẫy. "
        "Chưa có gì được ghi."
    )


class WordExternalError(CampaignError, code="E-WORD-EXTERNAL"):
    """The document fetches something from elsewhere when it is opened."""

    target: str
    wrong = "Văn bản lấy nội dung từ nơi khác: “{target:.120}”."
    todo = (
        "Mở bằng Word, chèn hẳn hình hoặc tệp đó vào văn bản (Tệp, Thông tin, Sửa liên kết, "
        "Ngắt liên kết) rồi lưu lại. Không có địa chỉ nào được mở. Chưa có gì được ghi."
    )


class WordNameError(CampaignError, code="E-WORD-NAME"):
    """A part's name points outside the folder that it would be unpacked to."""

    name: str
    wrong = "Tệp chứa phần có tên trỏ ra ngoài: “{name:.120}”."
    todo = "Tệp này có thể là tệp bẫy. Xin lại tệp từ nơi gửi và báo người quản trị. Chưa có gì được ghi."


class WordMacroError(CampaignError, code="E-WORD-MACRO"):
    """The document carries macros."""

    wrong = "Tệp Word này chứa macro (mã lệnh)."
    todo = "Đừng bật macro. Mở bằng Word, lưu thành .docx thường (không macro) rồi nhập lại. Chưa có gì được ghi."


class WordFontError(CampaignError, code="E-WORD-FONT"):
    """The text is in a legacy encoding that is not known here."""

    wrong = "Văn bản dùng phông chữ đời cũ không phải TCVN3 hay VNI (ví dụ VPS, VISCII, Vietware)."
    todo = (
        "Chuyển văn bản sang Unicode bằng công cụ chuyển mã (ví dụ UniKey Toolkit) rồi nhập lại. Chưa có gì được ghi."
    )


class WordEffortError(CampaignError, code="E-WORD-EFFORT"):
    """Reading took more time or memory than any official document needs."""

    wrong = "Đọc tệp này cần nhiều thời gian hoặc bộ nhớ hơn mức cho phép."
    todo = "Chia văn bản thành các tệp nhỏ hơn, hoặc chép nội dung sang tệp Word mới rồi nhập lại. Chưa có gì được ghi."


class WordLossError(CampaignError, code="E-WORD-LOSS"):
    """Words of the document are missing from the post."""

    kept: float
    missing: Sequence[str]
    wrong = "Bài chỉ giữ được {percent}% số từ của văn bản, dưới mức 99,5%. Thiếu: {shown}."
    todo = (
        "Mở văn bản bằng Word, lưu lại rồi thử lần nữa; vẫn thiếu thì thêm --accept-loss và tự bổ sung phần thiếu. "
        "Chưa có gì được ghi."
    )

    @property
    def percent(self) -> str:
        """How much was kept, with a decimal comma."""
        return f"{self.kept:.2f}".replace(".", ",")

    @property
    def shown(self) -> str:
        """What is missing, each in quotation marks."""
        return "; ".join(f"“{words}”" for words in self.missing)


class LibreOfficeError(CampaignError, code="E-WORD-LIBREOFFICE"):
    """An old ``.doc`` needs LibreOffice, which is missing or gave up."""

    is_missing: bool
    wrong = "Tệp .doc đời cũ phải qua LibreOffice, mà {why}."
    todo = "Mở bằng Word rồi lưu thành .docx, hoặc cài LibreOffice Writer, rồi nhập lại. Chưa có gì được ghi."

    @property
    def why(self) -> str:
        """Which of the two it is."""
        return "máy này chưa cài LibreOffice" if self.is_missing else "LibreOffice không chuyển được tệp này"
