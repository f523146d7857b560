"""Faults of what editors write."""

from collections.abc import Sequence

from campaign.errors.base import CampaignError, Place


class FrontMatterError(CampaignError, code="E-POST-FRONT-MATTER"):
    """The front matter of a post cannot be read."""

    place: Place
    reason: str
    wrong = "{place}: không đọc được phần khai báo đầu bài ({reason})."
    todo = (
        "Phần khai báo nằm giữa hai dòng “---” ở đầu tệp, mỗi dòng dạng “khoá: giá trị”. Xem trang Hướng dẫn biên tập."
    )


class PageTemplateError(CampaignError, code="E-PAGE-TEMPLATE"):
    """A page names a template that the theme does not have."""

    place: Place
    template: str
    known: Sequence[str]
    wrong = "{place}: không có mẫu trang “{template}”."
    todo = "Dùng một trong các mẫu {known:, }, hoặc xoá dòng template để dùng mẫu thường."


class PostKeyMissingError(CampaignError, code="E-POST-KEY-MISSING"):
    """A post lacks a key that it must have."""

    file: str
    key: str
    example: str
    wrong = "{file}: thiếu khoá “{key}”."
    todo = "Thêm vào phần khai báo đầu bài, ví dụ: {example}"


class PostKeyUnknownError(CampaignError, code="E-POST-KEY-UNKNOWN"):
    """A post has a key that nothing reads."""

    place: Place
    key: str
    known: Sequence[str]
    wrong = "{place}: không có khoá nào tên “{key}”."
    todo = "Sửa tên khoá hoặc xoá dòng đó. Các khoá dùng được ở đây: {known:, }."


class PostValueError(CampaignError, code="E-POST-VALUE"):
    """A key of a post has a value that it cannot have."""

    place: Place
    key: str
    reason: str
    example: str
    wrong = "{place}: khoá “{key}” {reason}."
    todo = "Sửa lại, ví dụ: {example}"


class DuplicatePostError(CampaignError, code="E-POST-DUPLICATE"):
    """Two posts carry the same id."""

    file: str
    post: str
    first_file: str
    wrong = "{file}: mã bài “{post}” đã dùng ở {first_file}."
    todo = "Mỗi bài một mã riêng. Đặt mã mới cho bài viết sau; đừng đổi mã của bài đã đăng."


class SymlinkError(CampaignError, code="E-CONTENT-SYMLINK"):
    """The content folder holds a link to something outside it, which a site would publish."""

    file: str
    wrong = "{file}: đây là liên kết tượng trưng (symlink), có thể làm lộ tệp nằm ngoài thư mục nội dung."
    todo = "Chép tệp thật vào thư mục nội dung thay cho liên kết. Trang chưa được dựng."


class PostFileNameError(CampaignError, code="E-POST-FILE-NAME"):
    """A post has the file name of a folder's own page, so it would have no address of its own."""

    file: str
    wrong = "{file}: tên tệp này dành cho trang danh mục của thư mục, không dùng cho bài đăng."
    todo = "Đổi tên tệp, ví dụ thong-bao-485.md. Trang chưa được dựng."


class ForeignLoadError(CampaignError, code="E-CONTENT-FOREIGN"):
    """A page would make the reader's browser ask another machine for something."""

    place: Place
    address: str
    wrong = "{place}: trang này tải “{address}” từ máy chủ khác, nên sẽ hỏng khi mất mạng ngoài và làm lộ người đọc."
    todo = "Chép tệp đó vào thư mục nội dung rồi dẫn bằng đường dẫn tương đối. Liên kết mà bấm mới mở thì vẫn được."


class PostLinkError(CampaignError, code="E-POST-LINK"):
    """A link of a post leads nowhere."""

    place: Place
    target: str
    reason: str
    wrong = "{place}: liên kết “{target}” {reason}."
    todo = (
        "Sửa đường dẫn (tính từ thư mục của tệp này, đúng chữ hoa, chữ thường); tệp ở máy khác thì chép vào cạnh bài "
        "rồi dẫn tới đó; hoặc bỏ liên kết."
    )


class PostElementError(CampaignError, code="E-POST-ELEMENT"):
    """A post has an element of HTML that its page does not show."""

    place: Place
    element: str
    wrong = "{place}: trang không hiện thẻ <{element}>."
    todo = (
        "Bỏ thẻ ấy. Muốn đưa phim, biểu mẫu hay trang khác thì dẫn bằng một liên kết; muốn hiện đúng chữ ấy thì viết "
        "&lt;{element}>."
    )


class PostWordsError(CampaignError, code="E-POST-WORDS"):
    """Words of a post are typed and not shown."""

    place: Place
    words: str
    wrong = "{place}: chữ “{words}” sẽ không hiện trên trang."
    todo = "Xem dấu ngoặc, dấu gạch hay số ô của hàng bảng ở quanh đó; viết lại rồi xem bằng “campaign site preview”."


class PostImageError(CampaignError, code="E-POST-IMAGE"):
    """A picture of a post cannot be understood by who does not see it."""

    place: Place
    source: str
    wrong = "{place}: hình “{source}” chưa có lời mô tả, người dùng trình đọc màn hình sẽ không biết hình gì."
    todo = "Viết một câu ngắn vào ngoặc vuông: ![Sơ đồ lối thoát hiểm tầng 2](so-do.png)."


class PictureError(CampaignError, code="E-POST-PICTURE"):
    """A picture cannot be shown by browsers, or is none."""

    file: str
    reason: str
    wrong = "{file}: {reason}."
    todo = (
        "Lưu lại thành JPG hoặc PNG rồi dẫn tới tệp mới (điện thoại iPhone: Cài đặt, Camera, Định dạng, chọn “Tương "
        "thích nhất”). Trang chưa được dựng."
    )


class PostHeadingError(CampaignError, code="E-POST-HEADING"):
    """The headings of a post are out of order."""

    place: Place
    heading: str
    reason: str
    wrong = "{place}: mục “{heading}” {reason}."
    todo = "Tên bài đã là tiêu đề lớn nhất, nên các mục bắt đầu bằng “##”, mục con bằng “###”, không nhảy cấp."


class PostUnitError(CampaignError, code="E-POST-UNIT"):
    """A post is meant for a unit that nobody on the roster belongs to."""

    place: Place
    unit: str
    known: Sequence[str]
    wrong = "{place}: bài dành cho “{unit}”, nhưng danh sách không có ai thuộc đơn vị này."
    todo = "Ghi đúng tên đơn vị như trong danh sách ({known:; }), hoặc nhập lại danh sách."


class RevisionNeededError(CampaignError, code="E-REVISION-NEEDED"):
    """The text of a published post was changed, and its revision does not say so."""

    file: str
    post: str
    number: int
    latest: int
    confirmed: int | None = None
    files: Sequence[str] = ()
    wrong = "{file}: bài “{post}” {how}."
    todo = (
        "Chọn một trong hai cách rồi ghi vào khoá revision của bài:\n"
        "  number: {next}, change: correction (đính chính: ý nghĩa không đổi, xác nhận cũ giữ nguyên)\n"
        "  number: {next}, change: replacement (thay thế: mời mọi người đọc và xác nhận lại{stale})\n"
        "Thêm note: một câu cho người đọc biết đã đổi gì. Xem chỗ đã đổi: campaign post diff {post}. "
        "Đổi nhầm thì trả lại chữ cũ, tệp cũ. "
        "Bản đã đăng vẫn giữ nguyên."
    )

    @property
    def how(self) -> str:
        """What the number does not say."""
        if self.number == self.latest and self.files:
            names = ", ".join(f"“{file}”" for file in self.files)
            return f"có tệp {names} khác với tệp của phiên bản {self.latest} đã đăng, mà vẫn mang số ấy"
        if self.number == self.latest:
            return f"nội dung đã đổi so với phiên bản {self.latest} đã đăng, mà vẫn mang số phiên bản {self.number}"
        return f"mang số phiên bản {self.number}, trong khi đã đăng đến phiên bản {self.latest}"

    @property
    def next(self) -> int:
        """The number to write."""
        return self.latest + 1

    @property
    def stale(self) -> str:
        """What a replacement does to confirmations."""
        return "" if self.confirmed is None else f"; {self.confirmed} xác nhận đang có sẽ không còn tính"


class FileNameFormError(CampaignError, code="E-POST-FILE-FORM"):
    """The name of a post's file is typed with combining marks, so links to it would not find it."""

    file: str
    wrong = "{file}: tên tệp gõ bằng dấu tổ hợp (NFD), liên kết tới bài sẽ không tìm thấy."
    todo = "Đổi tên tệp thành chữ không dấu, ví dụ thong-bao-485.md."


class PostExistsError(CampaignError, code="E-POST-EXISTS"):
    """A new post would take the id or the file of one that exists."""

    post: str
    file: str
    wrong = "Mã bài “{post}” đã có ở {file}."
    todo = "Đặt mã khác bằng --id, hoặc mở tệp ấy ra sửa. Chưa có tệp nào được tạo."


class PostFileUnknownError(CampaignError, code="E-POST-FILE-UNKNOWN"):
    """No file of the content folder holds the post."""

    post: str
    wrong = "Không có bài nào mang mã “{post}”."
    todo = "Xem các mã bài: campaign post list"
