"""The table of settings: name, default, what may be said, what for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campaign.settings.parsing import (
    parse_address,
    parse_database,
    parse_domain,
    parse_header,
    parse_issuer,
    parse_line,
    parse_listen,
    parse_mail_server,
    parse_optional_listen,
    parse_path,
    parse_places,
    parse_proxies,
    parse_seconds,
    parse_secret,
    parse_separator,
    parse_ways,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table.

    Attributes:
        parse: Turns the text into the value; raises ValueError when it cannot.
        allowed: What the value may be, for the person who has to fix it.
        help: What it is for.
        is_secret: Whether its value must be shown to nobody.
    """

    name: str
    default: str
    parse: Callable[[str], Any]
    allowed: str
    help: str
    is_secret: bool = False


TABLE = (
    Setting(
        "database",
        "sqlite:///data/campaign.sqlite3",
        parse_database,
        "sqlite:///đường-dẫn hoặc postgresql://người:mật-khẩu@máy/tên",
        "Cơ sở dữ liệu giữ sổ ghi nhận.",
    ),
    Setting("site", "site", parse_path, "đường dẫn thư mục", "Thư mục trang đã dựng, bộ ghi nhận phục vụ kèm."),
    Setting(
        "address",
        "http://127.0.0.1:8000",
        parse_address,
        "http://máy[:cổng] hoặc https://máy[:cổng]",
        "Địa chỉ mà trình duyệt dùng để mở bộ ghi nhận; in trong mã QR và để kiểm tra nguồn gửi biểu mẫu.",
    ),
    Setting("listen", "127.0.0.1:8000", parse_listen, "máy:cổng", "Nơi máy chủ lắng nghe."),
    Setting(
        "metrics",
        "",
        parse_optional_listen,
        "máy:cổng, như 127.0.0.1:9100; hoặc để trống",
        "Nơi riêng để phần mềm giám sát (Prometheus) lấy số đo; không có tên người, đơn vị, địa chỉ.",
    ),
    Setting(
        "proxies",
        "127.0.0.1, ::1",
        parse_proxies,
        "các địa chỉ IP, cách nhau bằng dấu phẩy; hoặc để trống",
        "Máy chủ đứng trước bộ ghi nhận (nginx); chỉ từ đó mới tin địa chỉ người gửi trong X-Forwarded-For.",
    ),
    Setting(
        "key",
        "data/ledger.key",
        parse_path,
        "đường dẫn tệp",
        "Khoá ký mốc kiểm chứng; tự tạo lần đầu, chỉ chủ tệp đọc được.",
    ),
    Setting(
        "origin",
        "skhcn.sonla.gov.vn/so-ghi-nhan",
        parse_line,
        "một chuỗi không có khoảng trắng và dấu “+”",
        "Tên sổ ghi nhận, đứng đầu mỗi mốc kiểm chứng; đặt một lần, không đổi.",
    ),
    Setting(
        "press_timeout",
        "10",
        parse_seconds,
        "số giây, từ 2 đến 60",
        "Cơ sở dữ liệu không trả lời sau chừng ấy giây thì người bấm được báo là chưa rõ, và bấm lại không hại gì.",
    ),
    Setting(
        "department",
        "content/co-quan.md",
        parse_path,
        "đường dẫn tệp",
        "Tệp khai báo cơ quan trong thư mục nội dung: nơi liên hệ, thư của người đứng đầu đơn vị.",
    ),
    Setting(
        "report_template",
        "data/mau-bao-cao.docx",
        parse_path,
        "đường dẫn tệp",
        "Mẫu báo cáo Word của Văn phòng; chưa có thì chỉ dùng dạng báo cáo kèm chương trình.",
    ),
    Setting(
        "smtp",
        "",
        parse_mail_server,
        "smtp://[tài-khoản@]máy[:cổng] hoặc smtps://…; hoặc để trống",
        "Máy chủ gửi thư; để trống thì mọi lời nhắc vào hộp chờ chuyển. Ngoài máy này, thư luôn được mã hoá.",
    ),
    Setting("smtp_from", "", str, "một địa chỉ thư điện tử", "Địa chỉ đứng tên thư gửi đi."),
    Setting("smtp_password", "", str, "một chuỗi", "Mật khẩu gửi thư; nên đặt trong tệp.", is_secret=True),
    Setting(
        "checkpoint_to",
        "",
        parse_places,
        "địa chỉ thư, thư mục, địa chỉ https://… (không có “?”, mật khẩu); cách nhau bằng dấu phẩy; hoặc để trống",
        "Những nơi mỗi đêm nhận mốc kiểm chứng (`campaign ledger send`): hãy chọn nơi mà người quản trị máy này không "
        "sửa được.",
    ),
    Setting(
        "checkpoint_secret",
        "",
        parse_secret,
        "từ 16 ký tự; nên đặt trong tệp",
        "Chuỗi bí mật để nơi nhận qua https:// biết mốc do máy này gửi: dòng đầu X-Campaign-Signature là HMAC-SHA256.",
        is_secret=True,
    ),
    Setting(
        "witnesses",
        "data/nhan-chung.txt",
        parse_path,
        "đường dẫn tệp",
        "Nhân chứng cùng ký mốc kiểm chứng (tệp C2SP tlog-policy); không có tệp này thì không có nhân chứng.",
    ),
    Setting("outbox", "data/hop-cho", parse_path, "đường dẫn thư mục", "Hộp chờ: lời nhắc để Văn phòng tự chuyển."),
    Setting(
        "csv_separator",
        ";",
        parse_separator,
        "dấu ; hoặc dấu ,",
        "Dấu giữa các ô của tệp CSV tải về; Excel trên Windows tiếng Việt cần dấu chấm phẩy.",
    ),
    Setting(
        "ways_in",
        "slip",
        parse_ways,
        "slip (phiếu), proxy (tài khoản máy tính cơ quan), mail (thư), oidc (đăng nhập chung); cách nhau bằng dấu phẩy",
        "Các cách người trong danh sách vào để xác nhận.",
    ),
    Setting(
        "proxy_header",
        "X-Remote-User",
        parse_header,
        "tên một dòng đầu HTTP",
        "Dòng đầu mà máy chủ trong `proxies` ghi mã công chức của tài khoản đã xác thực (Kerberos, AD).",
    ),
    Setting(
        "proxy_secret",
        "",
        parse_secret,
        "từ 16 ký tự; nên đặt trong tệp",
        "Chuỗi bí mật mà máy chủ ấy gửi kèm trong X-Campaign-Secret, để máy khác không giả được.",
        is_secret=True,
    ),
    Setting(
        "proxy_domain",
        "",
        parse_domain,
        "một tên miền, như SO hoặc so.example; hoặc để trống",
        "Miền duy nhất được đứng quanh mã công chức (SO\\mã hoặc mã@so.example); để trống thì tên tài khoản chỉ là mã.",
    ),
    Setting(
        "oidc_issuer",
        "",
        parse_issuer,
        "https://…, đúng như nhà cung cấp ghi; hoặc để trống",
        "Địa chỉ của hệ thống đăng nhập chung (OpenID Connect).",
    ),
    Setting("oidc_client", "", str, "một chuỗi", "Tên mà bộ ghi nhận được đăng ký ở đó (client_id)."),
    Setting(
        "oidc_secret",
        "",
        str,
        "một chuỗi; nên đặt trong tệp; để trống nếu không có",
        "Chuỗi bí mật được cấp khi đăng ký (client_secret).",
        is_secret=True,
    ),
    Setting(
        "oidc_claim",
        "sub",
        str,
        "tên một trường (claim)",
        "Trường trong câu trả lời của hệ thống ấy có mã công chức; phải là trường mà người dùng không tự đổi được.",
    ),
    Setting(
        "oidc_domain",
        "",
        parse_domain,
        "một tên miền, như so.example; hoặc để trống",
        "Miền duy nhất được đứng sau dấu @ của trường ấy; để trống thì trường chỉ gồm mã.",
    ),
)
