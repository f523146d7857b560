"""Where a reader can go on: the menu with the recorder's pages, the posts before and after, the pages of the list."""

from collections.abc import Iterable
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section

from campaign.publish.site.listing import POSTS_ON_A_PAGE
from campaign.publish.site.site import POSTS_PAGE, SiteView


def add_own_pages(nav: Navigation, site: SiteView) -> None:
    """Put the recorder's pages into the menu: the reader's behind the posts, the Office's at its end."""
    nav.items[2:2] = [Link("Xác nhận của tôi", site.own_confirmations_url)]
    nav.items.append(Link("Văn phòng", site.office_url))


def link_posts(files: Files, paths: Iterable[str]) -> None:
    """Put each post beside those before and after it, and below the list in the menu.

    Args:
        files: The files of the site.
        paths: The files of the posts, the newest first.
    """
    above = files.get_file_from_path(POSTS_PAGE)
    newer = None
    for path in paths:
        post = files.src_uris[path].page
        if post:
            post.parent = cast("Section", above and above.page)  # So the menu shows where it belongs.
            post.next_page = newer
            if newer:
                newer.previous_page = post
            newer = post


def add_list_pages(files: Files, config: MkDocsConfig, count: int) -> dict[str, int]:
    """Add the further pages of the list of *count* posts, and return the number of each by its file, from 1."""
    numbers = {POSTS_PAGE: 1}
    for number in range(2, -(-count // POSTS_ON_A_PAGE) + 1):
        path = POSTS_PAGE.replace("index", f"trang-{number}")
        content = f"---\ntemplate: posts.html\ntitle: Bài đăng, trang {number}\n---\n"
        files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        numbers[path] = number
    return numbers
