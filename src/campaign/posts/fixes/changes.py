"""What is changed in a text so that it is shown as it was meant, and where."""

from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """What was typed, and how it is read, in words."""

    TAG = "không phải thẻ HTML, hiện nguyên văn"
    BRACKET = "chữ trong ngoặc mà Markdown đọc là lệnh, hiện nguyên văn"
    ADDRESS = "địa chỉ trần, đọc là liên kết"
    STRUCK = "chữ giữa hai dấu ~~, đọc là chữ gạch ngang"
    BREAK = "dấu \\ cuối dòng, đọc là xuống dòng"
    BOLD = "dấu cách sát trong ** hay __, đọc là chữ đậm"
    LIST = "danh sách viết liền dưới dòng chữ, đọc là danh sách"
    NUMBER = "số thứ tự không nối tiếp số ở trên"
    BULLET = "dấu đầu dòng chép từ Word, đọc là danh sách"
    LABEL = "số, chữ đánh thứ tự ở đầu dòng, mỗi điểm đọc là một đoạn"
    NESTED = "mục con thụt chưa đủ, đọc là mục con"
    TASK = "ô [ ] hay [x] ở đầu mục, hiện thành ☐, ☑"
    INDENT = "đoạn bắt đầu bằng Tab hay nhiều dấu cách; trang không thụt đầu dòng"
    TABLE = "bảng thiếu dòng trống, đọc là bảng"
    COLUMNS = "các cột cách nhau bằng Tab, đọc là bảng"
    RULE = "hàng gạch của bảng thiếu hay sai số cột, đọc là bảng"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is read otherwise than it is written in the text.

    Attributes:
        line: The line of the text, from 1.
        column: Where it begins in that line, from 1.
        typed: What was typed there.
    """

    kind: ChangeKind
    line: int
    column: int
    typed: str
