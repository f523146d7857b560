"""``campaign init``."""

from campaign.store.ledger.campaigns import Campaign, read_campaign
from tests.rigs.terminal import Terminal

EXISTS = """\
Lỗi: Cơ sở dữ liệu này đã có một đợt tuyên truyền.
Cách sửa: Chọn tệp cơ sở dữ liệu khác bằng thiết lập “database”. Dữ liệu đang có vẫn nguyên vẹn.
Mã lỗi: E-STORE-EXISTS
"""


def campaign_of(terminal: Terminal) -> Campaign:
    with terminal.database.reading() as connection:
        return read_campaign(connection)


def test_a_campaign_is_opened_in_a_folder_where_nothing_is(terminal: Terminal) -> None:
    said = terminal.done("init", "--title", "Phổ biến Thông báo 485/TB-VPCP")

    assert said == (
        "Đã mở đợt tuyên truyền.\nViệc tiếp theo: campaign office add TÊN, rồi campaign roster import TỆP.\n"
    )
    assert campaign_of(terminal) == Campaign("Phổ biến Thông báo 485/TB-VPCP", sample=False)


def test_the_title_is_that_of_the_site_unless_another_is_given(terminal: Terminal) -> None:
    terminal.build()

    terminal.done("init")

    assert campaign_of(terminal).title == "Phổ biến Thông báo 485"


def test_without_title_and_site_nothing_is_opened(terminal: Terminal) -> None:
    said = terminal.refused("init")

    assert said == (
        "Lỗi: site/manifest.json: không đọc được danh mục bài đăng (chưa có; dựng trang trước, hoặc thêm --title).\n"
        "Cách sửa: Đăng lại trang bằng lệnh “campaign publish” rồi thử lại. Sổ ghi nhận vẫn nguyên vẹn.\n"
        "Mã lỗi: E-SITE-MANIFEST\n"
    )


def test_a_second_campaign_is_refused(terminal: Terminal) -> None:
    terminal.done("init", "--title", "Đợt một")

    assert terminal.refused("init", "--title", "Đợt hai") == EXISTS
    assert campaign_of(terminal).title == "Đợt một"


def test_the_sample_is_opened_with_the_posts_of_the_site(terminal: Terminal) -> None:
    terminal.build()

    said = terminal.done("init", "--sample")

    assert said == "Đã mở đợt minh hoạ. Cách vào từng tài khoản minh hoạ hiện ở trang đăng nhập Văn phòng.\n"
    assert campaign_of(terminal) == Campaign("Phổ biến Thông báo 485", sample=True)


def test_the_sample_never_goes_into_a_real_campaign(terminal: Terminal) -> None:
    terminal.build()
    terminal.done("init")

    assert terminal.refused("init", "--sample") == EXISTS


def test_the_sample_needs_a_site(terminal: Terminal) -> None:
    assert "Mã lỗi: E-SITE-MANIFEST" in terminal.refused("init", "--sample")
