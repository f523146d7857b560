"""The MkDocs plugin: reads from MkDocs, calls plain functions, writes back. Nothing is decided here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Literal, cast

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from campaign.core.clock import Clock, day_in_viet_nam
from campaign.core.post import Post
from campaign.errors.base import CampaignError, Faults
from campaign.errors.posts import ForeignLoadError
from campaign.posts.archive import read_archive, refuse_unannounced
from campaign.posts.content import PostFile, read_posts
from campaign.posts.links import find_foreign_loads
from campaign.posts.manifest import write_manifest
from campaign.posts.rendering import to_safe_html
from campaign.publish.cache.cache import Cache
from campaign.publish.cache.fingerprint import fingerprint
from campaign.publish.mkdocs.cached_page import CachedPage, Told, WatchedSite
from campaign.publish.mkdocs.cached_post import CachedReader
from campaign.publish.mkdocs.files import add_stylesheet, remove_private_assets
from campaign.publish.site.calendars import write_calendars
from campaign.publish.site.earlier import Earlier, find_earlier, view_earlier
from campaign.publish.site.feeds import write_feeds
from campaign.publish.site.options import SiteOptions, check_options
from campaign.publish.site.search_index import SearchPage, weigh, write_search_index
from campaign.publish.site.site import PostView, SiteView, list_posts, view_post, view_site
from campaign.publish.site.templates import CachedTemplates, list_page_templates


class CampaignConfig(Config):
    """The plugin's options in mkdocs.yml.

    Attributes:
        title: The name of the campaign.
        units: The names of the units.
        tag_authority: Who names the posts in feeds, since when: ``skhcn.sonla.gov.vn,2025``.
        recorder: The address of the recorder; empty when it serves the site itself.
        archive: Where published revisions are kept, relative to mkdocs.yml.
        cache: The file in which a build keeps what the next one need not make again; empty for none.
    """

    title = Type(str)
    units = ListOfItems(Type(str))
    tag_authority = Type(str)
    recorder = Type(str, default="")
    archive = Type(str, default="data/published")
    cache = Type(str, default="data/cache/site.sqlite3")


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Turns the posts of a campaign into pages, feeds and the manifest.

    Attributes:
        clock: Tells which posts are public, and how deadlines stand.
        preview: Whether hidden posts are shown too, and marked: for an editor at ``mkdocs serve``, never in a build.
        progress: Is told how many steps of how many are done: each page is read, then written.
        keeps: Says of a file's path and of what it is made from whether it is in its place already.
    """

    def __init__(self, clock: Clock = lambda: datetime.now(UTC)) -> None:
        """Make a plugin that asks *clock* for the time, once a build."""
        self.clock = clock
        self.preview = False
        self.progress: Callable[[int, int], None] = lambda _done, _all: None
        self.keeps: Callable[[str, str], bool] = _keep_nothing
        self._foreign_loads: list[ForeignLoadError] = []
        self._pages: list[SearchPage] = []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Note whether an editor is looking at a preview, and forget what an earlier build of this process kept.

        MkDocs takes the same plugin for every build of a process.
        """
        self.preview = command == "serve"
        self.keeps = _keep_nothing

    def read_options(self, config: MkDocsConfig) -> SiteOptions:
        """Return what mkdocs.yml says about the campaign.

        Raises:
            Faults: Everything that cannot be, at once.
        """
        return check_options(
            SiteOptions(
                home=config.site_url or "",
                title=self.config.title,
                units=tuple(self.config.units),
                tag_authority=self.config.tag_authority,
                recorder=self.config.recorder,
                archive=self._place(config, self.config.archive) or Path(),
            )
        )

    def cache_folder(self, config: MkDocsConfig) -> Path | None:
        """Return where builds keep what the next ones need; nothing when they are to keep nothing."""
        cache = self._place(config, self.config.cache)
        return cache.parent if cache else None

    def on_config(self, config: MkDocsConfig, /) -> MkDocsConfig:
        """Take Material's folder out of the theme: of its fourteen thousand files our pages need one."""
        (material,) = (folder for folder in config.theme.dirs if Path(folder, "mkdocs_theme.yml").exists())
        config.theme.dirs.remove(material)
        self._material = Path(material)
        return config

    @staticmethod
    def _place(config: MkDocsConfig, path: str) -> Path | None:
        """Return a place that is named relative to mkdocs.yml; nothing when it is named by ""."""
        return Path(config.config_file_path).parent / path if path else None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read all posts before MkDocs empties the site folder, so that a fault leaves the last site standing."""
        self.now = self.clock()
        with _stopping_build():
            self._options = self.read_options(config)
            self.archive = read_archive(self._options.archive)
            self._cache = Cache(self._place(config, self.config.cache), fingerprint(config))
            reader, templates = CachedReader(self._cache), list_page_templates(config.theme.dirs)
            self._posts = read_posts(Path(config.docs_dir), self._options.units, reader, templates)
            if not self.preview:
                public = [file for file in self._posts if file.post.is_public_at(self.now)]
                refuse_unannounced(public, self.archive)
        self._foreign_loads.clear()
        self._pages.clear()

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Take hidden posts away, with what only they use, and hand the others to MkDocs without their front matter."""
        hidden: list[PostFile] = []
        self._views: dict[str, PostView] = {}
        self._earlier: dict[str, tuple[Earlier, PostView]] = {}
        self._cached: list[CachedPage] = []
        for found in self._posts:
            file = files.src_uris[found.path]
            if not self.preview and not found.post.is_public_at(self.now):
                files.remove(file)
                hidden.append(found)
            elif not file.inclusion.is_excluded():
                earlier = tuple(find_earlier(found.post, self.archive))
                view = view_post(found.post, file.url, self._options.recorder, self.now, earlier)
                self._views[found.path] = view
                self._cached.append(CachedPage(file, config, self._cache, found.source, _tell(view)))
                self._add_earlier(files, view, config)
        remove_private_assets(files, hidden, config.docs_dir)
        self._stylesheet = add_stylesheet(files, self._material, config)
        self._site: SiteView = view_site(self._options, self._views.values())
        self.pages = len(files.documentation_pages())
        self._done = 0
        return files

    def _add_earlier(self, files: Files, view: PostView, config: MkDocsConfig) -> None:
        """Give earlier revisions pages of their own."""
        for one in view.earlier:
            page = File.generated(config, one.path, content=one.to_page(), inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(page)
            self._earlier[one.path] = one, view

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Keep the menu in mind: every page shows it."""
        self._nav = nav

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Date the page by its post, or by the newest one, so that the sitemap does not tell the day of the build."""
        view = self._views.get(page.file.src_uri)
        page.update_date = str(day_in_viet_nam(view.post.publish_at) if view else self._site.updated)
        if page.file.src_uri in self._earlier:  # Search engines are to find the present text only.
            page.canonical_url = page.abs_url = None

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Note what the page would load from other machines, and take away whatever could run."""
        self._step()
        path, cached = page.file.src_uri, page if isinstance(page, CachedPage) else None
        if cached and cached.facts:
            self._foreign_loads += (ForeignLoadError(path, url) for url in cached.facts.foreign_loads)
            return html
        loads, clean = find_foreign_loads(html), to_safe_html(html)
        self._foreign_loads += (ForeignLoadError(path, url) for url in loads)
        if cached:
            post = self._views[path].post
            return cached.keep(clean, loads, weigh(post.title, post.summary, clean))
        return clean

    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Hand the site to all templates, or stop when a page would load something from another machine."""
        with _stopping_build():
            if self._foreign_loads:
                raise Faults(tuple(self._foreign_loads), "Trang chưa được dựng.")
        self._watched = WatchedSite(self._site)
        env.bytecode_cache = CachedTemplates(self._cache)
        env.globals["campaign"] = self._watched
        env.globals["theme_stylesheet"] = self._stylesheet
        frame = f"{self._nav} {self._stylesheet}"
        with _stopping_build():
            for page in self._cached:
                view = self._views[page.file.src_uri]
                page.find_finished([frame, *view.to_facts()], self._watched.digest_of)

    def on_page_context(
        self,
        context: TemplateContext,
        /,
        *,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        nav: Navigation,  # noqa: ARG002
    ) -> None:
        """Hand the post to its template, and note what search is to find."""
        self._step()
        self._watched.used.clear()
        view, earlier = self._views.get(page.file.src_uri), self._earlier.get(page.file.src_uri)
        shown = cast("dict[str, object]", context)
        shown["post"] = view
        if earlier:
            old, new = earlier
            shown["earlier"] = view_earlier(old, new.post, new.url, self._options.home)
        elif isinstance(page, CachedPage) and page.facts and view:
            with _stopping_build():
                page.unpark()
            self._pages.append(SearchPage(page.url, view.post.title, page.facts.weights))
        elif page.meta.get("template") != "search.html":
            title = page.title or ""
            self._pages.append(SearchPage(page.url, title, weigh(title, "", page.content or "")))

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Take the finished page from the cache, or put it there."""
        if isinstance(page, CachedPage):
            if page.is_finished and self.keeps(page.file.dest_uri, page.key.hex()):
                return ""  # MkDocs writes nothing then.
            with _stopping_build():
                finished = page.load_finished()
            if finished is not None:
                return finished
            page.keep_finished(output, sorted(self._watched.used), self._watched.digest_of)
            self.keeps(page.file.dest_uri, page.key.hex())
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the index of the search, feeds and calendars and, when all else is there, the manifest."""
        site = Path(config.site_dir)
        write_search_index(site, self._pages)
        write_feeds(site, self._options.home, self._options.tag_authority, self._site.feeds, self._cache)
        write_calendars(site, self._options.tag_authority, self._site.feeds)
        earlier = (one.post for view in self._site.public_posts for one in view.earlier)
        write_manifest(site, list_posts(self._options, self._site), [*self.public_posts, *earlier], self.keeps)
        self._cache.close()

    @property
    def public_posts(self) -> tuple[Post, ...]:
        """The posts that the site shows to readers, once its files are known."""
        return tuple(view.post for view in self._site.public_posts)

    def _step(self) -> None:
        """Tell that a page was read or written."""
        self._done += 1
        self.progress(self._done, 2 * self.pages)


@contextmanager
def _stopping_build() -> Iterator[None]:
    """Turn faults that the editor can mend into the error that MkDocs shows without a traceback."""
    try:
        yield
    except CampaignError as error:
        message = f"\n\n{error}\n"
        raise PluginError(message) from None


def _tell(view: PostView) -> Told:
    """Return a post's page in the words of MkDocs. The theme puts title and description into HTML as they are."""
    title, description = escape(view.post.title), escape(view.post.summary)
    return Told(view.post.text, {"template": "post.html", "title": title, "description": description})


def _keep_nothing(_path: str, _key: str) -> bool:
    return False
