"""An editor's terminal: it stands in a folder with content that is not yet published."""

from pathlib import Path

from tests.rigs.sites import SampleSite, post_source
from tests.rigs.terminal import Terminal


class EditorsDesk(Terminal):
    """Runs commands in a folder with a content folder, and writes posts into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sample = SampleSite(folder)
        self.sample.folder, self.sample.content, self.sample.site = folder, folder / "content", folder / "site"
        self.sample.write("index.md", "---\ntemplate: home.html\ntitle: Trang chủ\n---\n\nChào anh/chị.\n")
        self.sample.write("bai-dang/index.md", "---\ntemplate: posts.html\ntitle: Bài đăng\n---\n\nTất cả bài.\n")
        self.sample.configure()

    def write(self, text: str = "Nội dung.\n", /, name: str = "a", **declared: str | None) -> Path:
        """Write a post."""
        self.sample.write(f"bai-dang/{name}.md", post_source(text, **declared))
        return self.sample.content / f"bai-dang/{name}.md"
