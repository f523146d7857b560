"""``campaign post``: what editors do with posts."""

import click

from campaign.cli.lazy import load_lazily


@click.group(
    commands=load_lazily(
        {
            "check": "cli.post.files:check",
            "diff": "cli.post.files:diff",
            "export": "cli.post.export:export",
            "import": "cli.post.word:import_word",
            "list": "cli.post.files:list_posts",
            "new": "cli.post.files:new",
        }
    )
)
def post() -> None:
    """Bài đăng: tạo, nhập từ Word, kiểm tra, liệt kê, so với bản đã đăng."""
