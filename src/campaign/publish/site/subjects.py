"""The picture of a post: a pictogram of what it is about, drawn by the theme, so that no post is without one."""

from campaign.core.post import Post
from campaign.core.text import fold

_SUBJECTS = (
    ("phone-alert", ("114", "113", "115", "goi cuu", "bao tin")),
    ("power-plug", ("dien", "sac pin", "o cam")),
    ("clipboard-list", ("ke hoach", "chuong trinh", "lich")),
    ("chart-bar", ("con so", "so lieu", "thong ke", "bao cao")),
    ("scale-balance", ("luat", "nghi dinh", "thong tu", "quy che", "trach nhiem", "nguoi dung dau", "ky luat")),
    ("database-lock", ("du lieu", "an toan thong tin", "an ninh mang", "mat khau")),
    ("laptop", ("chuyen doi so", "cong nghe", "phan mem")),
    ("heart-pulse", ("suc khoe", "y te", "dich benh")),
    ("leaf", ("moi truong", "tiet kiem", "rac")),
    ("school", ("dao tao", "tap huan", "hoi nghi")),
    ("fire", ("chay", "cuu nan")),
    ("account-group", ("can bo", "cong chuc", "vien chuc", "nhan su", "cong doan")),
)
"""Material's icons by folded words; the first that the title has counts, else the first of the subjects."""
_OTHER = "bullhorn"


def find_pictogram(post: Post) -> str:
    """Return the name of the icon that tells what *post* is about."""
    for words in (post.title, " ".join(post.tags), post.summary):
        told = f" {fold(words)} "
        for icon, signs in _SUBJECTS:
            if any(f" {sign}" in told for sign in signs):
                return icon
    return _OTHER
