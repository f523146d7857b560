"""Faults of answering what people ask about their personal data."""

from datetime import date

from campaign.errors.base import CampaignError


class PersonUnknownError(CampaignError, code="E-PRIVACY-UNKNOWN"):
    """The database holds nothing under a staff code."""

    staff_code: str
    wrong = "Không giữ thông tin của ai có mã “{staff_code}”."
    todo = "Kiểm tra lại mã công chức. Nếu đúng mã, thông tin của người này đã được xoá hoặc chưa từng được nhập."


class PersonListedError(CampaignError, code="E-PRIVACY-LISTED"):
    """Someone who is still on the roster is to be erased."""

    staff_code: str
    wrong = "Người có mã “{staff_code}” còn trong danh sách."
    todo = (
        "Đưa người này ra khỏi danh sách ở trang của người đó, bỏ cả trong tệp danh sách, rồi mới xoá. "
        "Chưa có gì bị xoá."
    )


class RetentionError(CampaignError, code="E-PRIVACY-KEPT"):
    """Everyone's personal fields are to be erased while they are kept."""

    first: date
    wrong = "Thông tin cá nhân của đợt này còn trong thời hạn lưu giữ; từ ngày {first:%d/%m/%Y} mới được xoá."
    todo = "Chờ đến ngày đó, hoặc sửa retention_months trong tệp của đợt. Chưa có gì bị xoá."


class CampaignUnknownError(CampaignError, code="E-CAMPAIGN-UNKNOWN", status=404):
    """There is no campaign with that id."""

    campaign: str
    wrong = "Không có đợt tuyên truyền nào mang mã “{campaign}”."
    todo = "Mã của đợt là tên tệp trong content/dot-tuyen-truyen; xem các đợt ở trang Tình hình xác nhận."


class TracesLeftError(CampaignError, code="E-PRIVACY-TRACES"):
    """What was erased may still be found in the database's files, because another program holds them."""

    wrong = "Thông tin đã xoá khỏi sổ, nhưng dấu vết có thể còn trong tệp cơ sở dữ liệu vì có chương trình đang dùng."
    todo = "Dừng bộ ghi nhận, chạy “campaign privacy scrub”, rồi mở lại bộ ghi nhận."
