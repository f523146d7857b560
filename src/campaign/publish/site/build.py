"""One build of the site, whatever engine renders and finishes its pages."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from campaign.core.attachment import Attachment
from campaign.core.clock import day_in_viet_nam
from campaign.core.post import Post, digest_of
from campaign.errors.base import Faults, Place
from campaign.errors.posts import ForeignLoadError
from campaign.errors.site import ArchiveError
from campaign.posts.archive import read_archive
from campaign.posts.attachments import ContentFiles, is_picture
from campaign.posts.content import PostFile, read_content, refuse_unannounced
from campaign.posts.declarations import DEPARTMENT_FILE, is_campaign_file
from campaign.posts.links import find_foreign_loads
from campaign.posts.manifest import write_manifest
from campaign.posts.rendering import to_safe_html
from campaign.publish.cache.cache import Cache
from campaign.publish.cache.posts import CachedReader
from campaign.publish.site.calendars import write_calendars
from campaign.publish.site.earlier import Earlier, EarlierView, find_earlier, view_earlier
from campaign.publish.site.feeds import write_feeds
from campaign.publish.site.options import SiteOptions
from campaign.publish.site.search_index import SearchPage, weigh, write_search_index
from campaign.publish.site.site import CampaignView, PostView, SiteView, list_posts, view_post, view_site

_NOT_FOR_PAGES = {"404.html", "campaign.html", "department.html", "frame.html", "post.html", "revision.html"}
"""Templates that need what a build hands to posts and errors only."""
_PICTURE = re.compile(r'<img (?=[^>]*src="(?P<source>[^"]*)")[^>]*(?=>)')


class SiteBuild:
    """What a build is made from, and what it gathers while an engine goes through the pages.

    The engine adds each shown post with the address that it gives it, then takes `site`; hands in the text of each page
    once it is rendered; notes each page for the search; and finishes the build.

    Attributes:
        options: What the site must know that no post says.
        now: The time of the build.
        archive: What was published before.
        content: What the content folder holds.
        files: The files of the content folder as readers get them.
        shown: The posts that get a page.
        hidden: Those that readers must not see; none in a preview.
        views: The posts that were added, by file.
        earlier: Earlier revisions with the present post, by the file of their page.
        foreign_loads: What pages would load from other machines.
        pages: What search is to find.
    """

    def __init__(
        self,
        content: Path,
        options: SiteOptions,
        cache: Cache,
        now: datetime,
        templates: Iterable[Path] = (),
        *,
        preview: bool = False,
    ) -> None:
        """Read all posts.

        Args:
            content: The content folder.
            options: What the site must know that no post says.
            cache: What earlier builds made.
            now: Tells which posts are public, and the states of deadlines.
            templates: The theme's folders.
            preview: Whether hidden posts are shown too, and a published text may have changed unsaid.

        Raises:
            CampaignError: What is wrong with the posts or the archive, all at once.
        """
        self.options, self.now, self._cache = options, now, cache
        self.archive = read_archive(options.archive)
        for_pages = {file.name for folder in templates for file in folder.glob("*.html")} - _NOT_FOR_PAGES
        self.files = ContentFiles(content, self.archive, cache.remember)
        self.content = read_content(content, options.units, self.archive, CachedReader(cache), for_pages, self.files)
        if self.content.faults:
            raise Faults(self.content.faults, "Trang chưa được dựng.")
        posts = self.content.posts
        self.shown = [file for file in posts if preview or file.post.is_public_at(now)]
        self.hidden = [file for file in posts if not preview and not file.post.is_public_at(now)]
        if not preview:
            refuse_unannounced(self.shown, self.archive)
        self.views: dict[str, PostView] = {}
        self.earlier: dict[str, tuple[Earlier, PostView]] = {}
        self.foreign_loads: list[ForeignLoadError] = []
        self.pages: list[SearchPage] = []

    def add(self, file: PostFile, url: str) -> PostView:
        """Show a post at *url*, from the root of the site without ``/`` at its start."""
        earlier = tuple(find_earlier(file.post, self.archive))
        campaigns = self.content.campaigns
        own = (campaign for campaign in campaigns if campaign.id == file.post.campaign)
        campaign = next(own, campaigns[0] if campaigns else None)  # A post from before campaigns is the first one's.
        view = view_post(file, url, self.options.recorder, self.now, earlier, campaign)
        self.views[file.path] = view
        self.earlier |= {revision.path: (revision, view) for revision in earlier}
        return view

    def view_site(self) -> SiteView:
        """Return the site as its templates show it, once all posts are added."""
        self._site = view_site(
            self.options, self.views.values(), self.content.campaigns, self.content.department
        )
        return self._site

    def template_of(self, path: str) -> str | None:
        """Return the template of a page whose file declares something; nothing for another page."""
        if path == DEPARTMENT_FILE:
            return "department.html"
        return "campaign.html" if is_campaign_file(path) else None

    def find_campaign(self, path: str) -> CampaignView | None:
        """Return the campaign that a file declares, or nothing."""
        return next((view for view in self._site.campaigns if path == f"{view.url.removesuffix('/')}.md"), None)

    def list_files(self) -> list[str]:
        """Return the files of the posts that are shown, the newest first."""
        files = {view.post.id: path for path, view in self.views.items()}
        return [files[view.post.id] for view in self._site.posts]

    def day_of(self, path: str) -> str:
        """Return the day that dates the page of a file: the post's, or the newest one's, never that of the build."""
        view = self.views.get(path)
        return str(day_in_viet_nam(view.post.publish_at) if view else self._site.updated)

    def take_text(self, path: str, html: str, url: str) -> str:
        """Note what a page at *url* would load from other machines, and return its text without whatever could run.

        Its pictures tell their measures, so that the text does not jump when they come.
        """
        self.foreign_loads += (ForeignLoadError(Place(path), address) for address in find_foreign_loads(html))

        def measure(found: re.Match[str]) -> str:
            near = posixpath.normpath(posixpath.join(url, unquote(unescape(found["source"]))))
            if " width=" in found[0] or not is_picture(near) or not (self.files.folder / near).is_file():
                return found[0]
            picture = self.files.load_picture(near)
            return f'{found[0]} width="{picture.width}" height="{picture.height}"'

        return _PICTURE.sub(measure, to_safe_html(html))

    def load_file(self, attachment: Attachment) -> bytes:
        """Return a file that a revision shows.

        Raises:
            ArchiveError: It was altered since.
        """
        content = self.archive.find_file(attachment.digest) or self.files.load(attachment.path)
        if digest_of(content) != attachment.digest:
            raise ArchiveError(attachment.path)
        return content

    def cleaned_pictures(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the files of the content folder that readers get otherwise than they are there.

        Raises:
            PictureError: A picture is none that browsers show.
        """
        for path in filter(is_picture, paths):
            content = self.files.load(path)
            if content != (self.files.folder / path).read_bytes():
                yield path, content

    def refuse_foreign_loads(self) -> None:
        """Stop the build when a page would load something from another machine.

        Raises:
            Faults: All that they would load.
        """
        if self.foreign_loads:
            raise Faults(tuple(self.foreign_loads), "Trang chưa được dựng.")

    def weigh(self, path: str, html: str) -> str:
        """Return the words of the post in a file as the search index takes them."""
        post = self.views[path].post
        return weigh(post.title, post.summary, html)

    def view_earlier(self, path: str) -> EarlierView | None:
        """Return the earlier revision that the page of a file shows, or nothing."""
        if path not in self.earlier:
            return None
        revision, view = self.earlier[path]
        return view_earlier(revision, view.post, view.url, self.options.home)

    @property
    def public_posts(self) -> tuple[Post, ...]:
        """The posts that the site shows to readers."""
        return tuple(view.post for view in self._site.public_posts)

    def finish(self, site: Path, keeps: Callable[[str, str], bool]) -> None:
        """Write the index of the search, feeds and calendars and, when all else is there, the manifest.

        Args:
            site: The site folder.
            keeps: Says of a file, by its path and digest, whether it need not be written.
        """
        options, feeds = self.options, self._site.feeds
        write_search_index(site, self.pages)
        write_feeds(site, options.home, options.tag_authority, feeds, self._cache)
        write_calendars(site, options.tag_authority, feeds)
        earlier = (revision.post for view in self._site.public_posts for revision in view.earlier)
        write_manifest(site, list_posts(options, self._site), [*self.public_posts, *earlier], keeps, self.load_file)
        self._cache.close()
