"""Faults at the editors' desk."""

from campaign.errors.base import CampaignError


class DraftUnknownError(CampaignError, code="E-DRAFT-UNKNOWN", status=404):
    """There is no such draft, or the account may not see it."""

    post: str
    wrong = "Không có bản thảo nào mang mã “{post}”."
    todo = "Xem các bản thảo ở trang “Biên tập”."


class DraftChangedError(CampaignError, code="E-DRAFT-CHANGED", status=409):
    """Somebody else has saved the draft meanwhile."""

    post: str
    author: str
    time: str
    wrong = "Trong lúc anh/chị viết, tài khoản {author} đã lưu bản khác lúc {time}."
    todo = "Chữ của anh/chị chưa được lưu và vẫn còn nguyên dưới đây. So hai bản, sửa cho đủ ý cả hai rồi bấm Lưu."


class DraftIdError(CampaignError, code="E-DRAFT-ID"):
    """The id of a new draft cannot be."""

    post: str
    reason: str
    wrong = "Chưa tạo được bài: mã bài “{post}” {reason}."
    todo = "Mã bài gồm 3 đến 60 chữ thường không dấu, chữ số, dấu “-”, ví dụ thong-bao-485. Chưa có gì được lưu."


class DraftFaultyError(CampaignError, code="E-DRAFT-FAULTY", status=409):
    """A draft with faults is to be submitted, approved or published."""

    count: int
    wrong = "Bản thảo còn {count} chỗ phải sửa."
    todo = "Sửa từng chỗ đã nêu cạnh ô rồi làm lại. Bản thảo đã được lưu; chưa có gì được trình hay đăng."


class DraftStateError(CampaignError, code="E-DRAFT-STATE", status=409):
    """The draft is not in the state that the act needs: it was changed, or somebody was faster."""

    state: str
    wrong = "Bản thảo bây giờ đang ở bước “{state}”, nên chưa làm được việc này."
    todo = "Mở lại trang của bản thảo để xem bản mới nhất. Chưa có gì thay đổi."


class DraftApproverError(CampaignError, code="E-DRAFT-APPROVER", status=403):
    """Two persons are needed, and the one who wrote wants to approve."""

    wrong = "Đợt này cần hai người: người soạn hay người trình không tự duyệt bài của mình."
    todo = "Mời một người khác của Văn phòng duyệt. Bài vẫn đang trình duyệt."


class DraftFileError(CampaignError, code="E-DRAFT-FILE"):
    """A file cannot belong to a post."""

    name: str
    reason: str
    wrong = "Tệp “{name}” {reason}."
    todo = "Chọn hình .png, .jpg, .webp, .gif hoặc tệp .pdf, .docx, .xlsx, tối đa 10 MB. Chưa có tệp nào được lưu."


class DraftFileUnknownError(CampaignError, code="E-DRAFT-FILE-UNKNOWN", status=404):
    """The draft has no such file."""

    name: str
    wrong = "Bản thảo không có tệp “{name}”."
    todo = "Xem các tệp ở cuối trang soạn bài."


class ContentChangedError(CampaignError, code="E-DRAFT-CONTENT", status=409):
    """The file in the content folder is no longer the one from which the draft was begun."""

    file: str
    wrong = "Tệp {file} trong thư mục nội dung đã đổi từ khi bản thảo này bắt đầu."
    todo = "Mở trang soạn bài, so hai bản rồi chọn giữ bản nào. Chưa có gì được đăng, người đọc vẫn thấy trang cũ."


class PublishingFailedError(CampaignError, code="E-DRAFT-PUBLISH", status=409):
    """The site could not be built with the draft."""

    told: str
    wrong = "Chưa đăng được: {told}"
    todo = "Sửa chỗ đã nêu rồi trình duyệt lại. Người đọc vẫn thấy trang cũ, tệp của bài đã được trả về như trước."


class NoWorkplaceError(CampaignError, code="E-DRAFT-ELSEWHERE", status=409):
    """The recorder has no content folder: the site is built on another machine."""

    wrong = "Máy này không có thư mục nội dung, nên không tự đăng được."
    todo = "Tải gói bài đã duyệt rồi giải nén vào thư mục nội dung ở máy dựng trang, và chạy campaign publish ở đó."
