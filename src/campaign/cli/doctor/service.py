"""Checks of the service: clock, address, proxy, what everyone knows, the site."""

from datetime import timedelta
from urllib.parse import urlsplit

from campaign.cli.doctor.facts import Facts
from campaign.cli.doctor.finding import Check, Finding, fault, good, unknown, warning
from campaign.settings import LOOPBACK

OPEN_FILES = 4096
PATIENCE = timedelta(seconds=5)
"""How much newer than now an entry may be: clocks of two recorders differ a little."""


def check_clock(facts: Facts) -> Finding:
    """Say whether the clock is behind what was already recorded."""
    last = facts.survey.last_entry_at if facts.survey else None
    if last is not None and facts.now < last - PATIENCE:
        said = "Đồng hồ máy chậm hơn dòng ghi mới nhất trong sổ, nên xác nhận mới sẽ mang giờ sai."
        return fault(said, "Chỉnh đồng hồ theo máy chủ giờ (NTP) trước khi cho ai xác nhận.")
    if facts.survey and facts.survey.steps_back:
        said = f"Sổ có dòng ghi lùi giờ: {'; '.join(facts.survey.steps_back)}."
        return warning(said, "Xem đồng hồ máy lúc ấy; chạy “campaign ledger verify” để biết sổ có bị thêm dòng không.")
    return good("Đồng hồ không chậm hơn sổ ghi nhận.")


def check_synchronised(facts: Facts) -> Finding:
    """Say whether something keeps the clock right."""
    match facts.machine.is_synchronised:
        case True:
            return good("Đồng hồ được đồng bộ với máy chủ giờ.")
        case False:
            remedy = "Bật: timedatectl set-ntp true. Thời hạn tính theo đồng hồ này."
            return warning("Đồng hồ không được đồng bộ với máy chủ giờ.", remedy)
        case _:
            return unknown("Không rõ đồng hồ có được đồng bộ hay không; kiểm tra bằng tay.")


def check_https(facts: Facts) -> Finding:
    """Say whether browsers reach the recorder by HTTPS."""
    if facts.settings.address.startswith("https://"):
        return good("Người dùng vào bằng HTTPS.")
    said = "Người dùng vào bằng HTTP thường: ai nghe được đường mạng thì đọc được mã truy cập."
    remedy = "Đặt nginx với HTTPS ở trước (mẫu ở scripts/deploy). Nếu chưa được, chỉ dùng trong mạng nội bộ, "
    return warning(said, remedy + "chỉ cho người trong danh sách.")


def check_address(facts: Facts) -> Finding:
    """Say whether others can reach the address that slips carry."""
    if urlsplit(facts.settings.address).hostname in LOOPBACK:
        said = f"Địa chỉ {facts.settings.address} chỉ mở được trên chính máy này, mà mã QR trên phiếu mang địa chỉ đó."
        return fault(said, "Đặt “address” thành địa chỉ mà mọi người mở, rồi in phiếu.")
    return good(f"Mọi người vào bằng {facts.settings.address}.")


def check_listen(facts: Facts) -> Finding:
    """Say whether the way around HTTPS is closed."""
    listen = facts.settings.listen
    if facts.settings.address.startswith("https://") and listen.host not in LOOPBACK:
        said = f"Bộ ghi nhận lắng nghe ở {listen.host}, nên vào được bằng HTTP thường mà không qua máy chủ đứng trước."
        return warning(said, "Đặt “listen” thành 127.0.0.1:8000, hoặc chặn cổng này bằng tường lửa.")
    return good(f"Lắng nghe ở {listen.host}:{listen.port}.")


def check_proxies(facts: Facts) -> Finding:
    """Say whether senders can be told apart, and whom the recorder believes."""
    settings = facts.settings
    if settings.address.startswith("https://") and not settings.proxies:
        said = "Có máy chủ đứng trước mà “proxies” để trống: mọi người bị tính chung một máy khi đếm số lần thử."
        return fault(said, "Đặt “proxies” thành địa chỉ IP của máy chủ đứng trước, thường là 127.0.0.1, ::1.")
    others = sorted(settings.proxies - LOOPBACK)
    if others and settings.listen.host in LOOPBACK:
        said = f"“proxies” có {', '.join(others)}, mà bộ ghi nhận chỉ nhận kết nối từ chính máy này."
        return warning(said, "Bỏ các địa chỉ đó.")
    return good(
        "Chỉ tin địa chỉ người gửi do máy chủ đứng trước báo: " + (", ".join(sorted(settings.proxies)) or "không ai")
    )


def check_sample(facts: Facts) -> Finding:
    """Say whether the campaign is real."""
    if facts.survey is not None and facts.survey.sample:
        return fault(
            "Đây là đợt minh hoạ: người và xác nhận đều do chương trình dựng.", "Mở đợt thật bằng “campaign init”."
        )
    return good("Không phải đợt minh hoạ.")


def check_known_secrets(facts: Facts) -> Finding:
    """Say whether a secret that is in the handbook lets someone in."""
    known = facts.survey.known_secrets if facts.survey else ()
    if known:
        return fault(f"Ai đọc tài liệu cũng vào được bằng: {', '.join(known)}.", "Cấp lại phiếu, đặt lại cụm mật khẩu.")
    return good("Không dùng bí mật nào có trong tài liệu.")


def check_accounts(facts: Facts) -> Finding:
    """Say whether the Office can come in."""
    if facts.survey is not None and facts.survey.sample is not None and not facts.survey.accounts:
        return warning("Chưa có tài khoản nào cho Văn phòng.", "Thêm bằng “campaign office add”.")
    return good("Văn phòng có tài khoản.") if facts.survey else unknown("Chưa xem được các tài khoản.")


def check_slips(facts: Facts) -> Finding:
    """Say whether all members have a way in."""
    if facts.survey is None:
        return unknown("Chưa xem được danh sách.")
    lacking = facts.survey.members - facts.survey.members_with_slip
    if lacking:
        return warning(
            f"{lacking} người trong danh sách chưa có phiếu truy cập.",
            "In phiếu ở trang Văn phòng, mục Phiếu truy cập.",
        )
    return good(f"{facts.survey.members} người trong danh sách đều có phiếu.")


def check_debug(facts: Facts) -> Finding:
    """Say whether Python runs as in service."""
    if facts.machine.debugging:
        said = f"Đang bật chế độ dò lỗi: {', '.join(facts.machine.debugging)}."
        return fault(said, "Bỏ các biến môi trường hoặc tuỳ chọn đó: chậm hơn, và lỗi in ra nhiều hơn cần thiết.")
    return good("Không bật chế độ dò lỗi.")


def check_user(facts: Facts) -> Finding:
    """Say whether the program may do more than it needs."""
    if facts.machine.is_root:
        said = "Đang chạy bằng tài khoản root: một lỗi của chương trình thành lỗi của cả máy."
        return warning(said, "Chạy bằng tài khoản riêng, như mẫu systemd ở scripts/deploy.")
    return good("Chạy bằng tài khoản thường.")


def check_open_files(facts: Facts) -> Finding:
    """Say whether many may be connected at once."""
    most = facts.machine.open_files
    if most < OPEN_FILES:
        said = f"Một chương trình chỉ được mở {most} tệp, nên chừng ấy kết nối là hết chỗ."
        return warning(said, f"Đặt LimitNOFILE={OPEN_FILES} hoặc hơn trong systemd.")
    return good("Đủ chỗ cho nhiều kết nối cùng lúc.")


def check_site(facts: Facts) -> Finding:
    """Say whether the site is built."""
    if facts.site.problem:
        return fault(f"Trang đã dựng không đọc được: {facts.site.problem}", "Đăng lại: campaign publish.")
    if facts.site.manifest is None:
        return fault(f"Chưa có trang nào trong {facts.settings.site}.", "Đăng trang: campaign publish.")
    return good(f"Trang có {len(facts.site.manifest.posts)} bài.")


def check_site_age(facts: Facts) -> Finding:
    """Say whether the site shows what the editors wrote."""
    built, changed = facts.site.built_at, facts.site.content_changed_at
    if built is not None and changed is not None and changed > built:
        return warning("Nội dung đã sửa sau lần dựng trang gần nhất.", "Đăng lại: campaign publish.")
    return good("Trang không cũ hơn nội dung.")


def check_site_address(facts: Facts) -> Finding:
    """Say whether the feeds lead to the recorder's address."""
    if facts.site.feed and f"{facts.settings.address}/" not in facts.site.feed:
        said = f"Bản tin của trang không dẫn đến {facts.settings.address}."
        return warning(said, f"Nếu bộ ghi nhận phục vụ trang, dựng lại với CAMPAIGN_SITE_URL={facts.settings.address}/")
    return good("Bản tin dẫn đến đúng địa chỉ, hoặc chưa có bản tin.")


def check_registered(facts: Facts) -> Finding:
    """Say whether what the site shows can be confirmed."""
    manifest, survey = facts.site.manifest, facts.survey
    if manifest is None or survey is None:
        return unknown("Chưa so được trang với sổ ghi nhận.")
    missing = [post.id for post in manifest.posts if post.asks and post.digest not in survey.digests]
    if missing:
        said = f"Trang có bài mà sổ chưa biết, nên chưa xác nhận được: {', '.join(missing)}."
        return warning(said, "Khởi động bộ ghi nhận và xem nhật ký; bộ ghi nhận tự thêm bài mới trong vài giây.")
    return good("Mọi bài cần xác nhận đều có trong sổ.")


def check_answer(facts: Facts) -> Finding:
    """Say whether the recorder answers at its address."""
    if facts.answer is None or not facts.answer.status:
        said = f"Không ai trả lời ở {facts.settings.address}."
        return fault(said, "Khởi động bộ ghi nhận và máy chủ đứng trước. Nếu dùng CA riêng, đặt REQUESTS_CA_BUNDLE.")
    if facts.answer.status != 200:  # noqa: PLR2004
        said = f"{facts.settings.address}/vao trả lời mã {facts.answer.status}."
        return fault(said, "Mã 421: nginx chưa chuyển tên máy (proxy_set_header Host $host). Mã khác: xem nhật ký.")
    return good(f"Bộ ghi nhận trả lời ở {facts.settings.address}.")


def check_headers(facts: Facts) -> Finding:
    """Say whether the security headers reach browsers."""
    if facts.answer is None or not facts.answer.status:
        return unknown("Chưa xem được câu trả lời.")
    wanted = ["content-security-policy", "x-content-type-options", "referrer-policy"]
    wanted += ["strict-transport-security"] if facts.settings.address.startswith("https://") else []
    missing = [name for name in wanted if name not in facts.answer.headers]
    if missing:
        return fault(
            f"Máy chủ đứng trước làm mất: {', '.join(missing)}.",
            "Đừng dùng add_header hay proxy_hide_header cho chúng.",
        )
    return good("Các tiêu đề bảo vệ đến được trình duyệt.")


def check_front_logs(facts: Facts) -> Finding:
    """Say whether nginx writes down who opens what, and with it the codes of slips."""
    if facts.logging_servers is None:
        return unknown("Không thấy tệp nginx nào chuyển đến bộ ghi nhận; máy chủ đứng trước ở nơi khác thì xem ở đó.")
    if facts.logging_servers:
        said = f"nginx ghi nhật ký từng lần mở trang, kèm địa chỉ máy và mã phiếu: {', '.join(facts.logging_servers)}."
        remedy = "Trong mỗi khối server, thêm hai dòng: access_log off; và error_log /var/log/nginx/error.log emerg;"
        return warning(said, f"{remedy} Rồi xoá nhật ký cũ.")
    return good("nginx không ghi ai mở trang nào.")


def check_cut_off_hosts(facts: Facts) -> Finding:
    """Say whether the service may reach the machines of database, mail and common sign-in."""
    if facts.cut_off_hosts:
        said = f"campaign.service chặn mọi máy khác, mà thiết lập cần: {', '.join(facts.cut_off_hosts)}."
        return warning(said, "Thêm IPAddressAllow= với địa chỉ IP của các máy ấy, rồi systemctl daemon-reload.")
    return good("Không máy nào mà bộ ghi nhận cần bị campaign.service chặn.")


CHECKS = (
    Check("clock", "Đồng hồ không chậm hơn sổ ghi nhận", check_clock),
    Check("clock-synchronised", "Đồng hồ được đồng bộ với máy chủ giờ", check_synchronised, deployed_only=True),
    Check("https", "Người dùng vào bằng HTTPS", check_https, deployed_only=True),
    Check("address", "Địa chỉ trên phiếu mở được từ máy khác", check_address, deployed_only=True),
    Check("listen", "Không có lối vào bỏ qua HTTPS", check_listen),
    Check("proxies", "Biết ai gửi khi có máy chủ đứng trước", check_proxies),
    Check("sample-data", "Không phải đợt minh hoạ", check_sample, deployed_only=True),
    Check("default-secrets", "Không dùng bí mật có trong tài liệu", check_known_secrets, deployed_only=True),
    Check("office-account", "Văn phòng có tài khoản", check_accounts),
    Check("slips", "Ai trong danh sách cũng có phiếu", check_slips, deployed_only=True),
    Check("debug", "Không bật chế độ dò lỗi", check_debug),
    Check("user", "Không chạy bằng root", check_user, deployed_only=True),
    Check("open-files", "Đủ chỗ cho nhiều kết nối", check_open_files),
    Check("site", "Trang đã dựng", check_site),
    Check("site-age", "Trang không cũ hơn nội dung", check_site_age),
    Check("site-address", "Bản tin dẫn đến đúng địa chỉ", check_site_address),
    Check("registered", "Bài trên trang đều xác nhận được", check_registered),
    Check("answer", "Bộ ghi nhận trả lời ở địa chỉ của nó", check_answer, deployed_only=True),
    Check("headers", "Các tiêu đề bảo vệ đến được trình duyệt", check_headers, deployed_only=True),
    Check("front-logs", "nginx không ghi ai mở trang nào", check_front_logs, deployed_only=True),
    Check(
        "cut-off-hosts",
        "Thư, đăng nhập chung và cơ sở dữ liệu ở máy khác nối được",
        check_cut_off_hosts,
        deployed_only=True,
    ),
)
