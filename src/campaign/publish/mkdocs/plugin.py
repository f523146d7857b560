"""The MkDocs plugin: reads from MkDocs, calls what decides, writes back. A second engine would have its own."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import jinja2
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.config_options import ListOfItems, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext, url_filter

from campaign.core.clock import Clock
from campaign.posts.manifest import FRAME_FILE
from campaign.publish.cache.cache import Cache
from campaign.publish.cache.fingerprint import fingerprint
from campaign.publish.cache.pages import PageMemory
from campaign.publish.cache.templates import CachedTemplates
from campaign.publish.mkdocs.adapting import stopping_build, to_plain
from campaign.publish.mkdocs.cached_page import CachedPage, PageSource
from campaign.publish.mkdocs.menu import add_list_pages, add_own_pages, link_posts
from campaign.publish.mkdocs.tidying import tidy
from campaign.publish.site.assets import find_private_assets
from campaign.publish.site.build import SiteBuild
from campaign.publish.site.listing import view_list
from campaign.publish.site.options import SiteOptions, check_options
from campaign.publish.site.search_index import SearchPage, weigh
from campaign.publish.site.stylesheet import STYLESHEET, STYLESHEET_NAME, STYLESHEET_SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_NAMED = {"assets/feed.css", *STYLESHEET_SOURCES}
"""What is not put elsewhere: feeds, which readers keep, name the first; the others are in the one stylesheet."""
_EMPTY_TEMPLATE = "partials/finished.html"
"""The template of a page that is finished already."""
_PLACES = {"site_dir", "config_file_path"}
"""Where a site is built changes nothing on it."""


class CampaignConfig(Config):
    """The plugin's options in mkdocs.yml.

    Attributes:
        title: What the home page and the feeds are called; the site's name unless it is said.
        units: The names of the units.
        tag_authority: Who names the posts in feeds, since when: ``skhcn.sonla.gov.vn,2025``.
        recorder: The address of the recorder; empty when it serves the site itself.
        archive: Where published revisions are kept, relative to mkdocs.yml.
        cache: The file in which a build keeps what the next one need not make again; empty for none.
    """

    title = Type(str, default="")
    units = ListOfItems(Type(str))
    tag_authority = Type(str)
    recorder = Type(str, default="")
    archive = Type(str, default="data/published")
    cache = Type(str, default="data/cache/site.sqlite3")


class CampaignPlugin(BasePlugin[CampaignConfig]):
    """Turns the posts of a campaign into pages, feeds and the manifest.

    Attributes:
        clock: Tells which posts are public, and the states of deadlines.
        preview: Whether hidden posts are shown too, and marked: for an editor at ``mkdocs serve``, never in a build.
        progress: Is told how many steps of how many are done: each page is read, then written.
        keeps: Says of a file's path and of what it is made from whether it is in its place already.
        build: The build that is under way, or the last one.
        page_count: How many pages it has.
        units: The units of the roster, which mkdocs.yml may not know yet.
    """

    build: SiteBuild

    def __init__(self, clock: Clock = lambda: datetime.now(UTC)) -> None:
        """Make a plugin that asks *clock* for the time, once a build."""
        self.clock = clock
        self.preview = False
        self.progress: Callable[[int, int], None] = lambda _done, _all: None
        self.keeps: Callable[[str, str], bool] = _keep_nothing
        self.page_count = 0
        self.units: Collection[str] = ()

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
                title=self.config.title or config.site_name,
                units=tuple(dict.fromkeys([*self.config.units, *self.units])),
                tag_authority=self.config.tag_authority,
                recorder=self.config.recorder,
                archive=Path(config.config_file_path).parent / self.config.archive,
            )
        )

    def cache_file(self, config: MkDocsConfig) -> Path | None:
        """Return the file in which builds keep what the next ones need; nothing when they are to keep nothing."""
        return Path(config.config_file_path).parent / self.config.cache if self.config.cache else None

    def on_config(self, config: MkDocsConfig, /) -> MkDocsConfig:
        """Take Material's folder out of the theme: MkDocs would look through its fourteen thousand files."""
        (material,) = (folder for folder in config.theme.dirs if Path(folder, "mkdocs_theme.yml").exists())
        config.theme.dirs.remove(material)
        self._material = Path(material)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read all posts before MkDocs empties the site folder, so that a fault leaves the last site in its place."""
        content, theme = Path(config.docs_dir), [Path(folder) for folder in config.theme.dirs]
        said = {key: value for key, value in config.items() if key not in _PLACES}
        settings = json.dumps(said, sort_keys=True, default=to_plain, ensure_ascii=False)
        self._cache = Cache(self.cache_file(config), fingerprint(settings, theme))
        with stopping_build():
            options = self.read_options(config)
            self.build = SiteBuild(content, options, self._cache, self.clock(), theme, preview=self.preview)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Take hidden posts away, with what only they use, and hand the others to MkDocs without their front matter."""
        for post in self.build.hidden:
            files.remove(files.src_uris[post.path])
        for post in self.build.shown:
            file = files.src_uris[post.path]
            if not file.inclusion.is_excluded():
                view = self.build.add(post, file.url)
                # The theme puts title and description into HTML as they are.
                words = {"title": escape(view.post.title), "description": escape(view.post.summary)}
                memory = PageMemory(self._cache, post.path, post.digests, file.url)
                CachedPage(file, config, memory, PageSource(view.post.text, {"template": "post.html", **words}))
        for file in files.documentation_pages():
            if self.build.template_of(file.src_uri):
                file.inclusion = InclusionLevel.NOT_IN_NAV
        for path, (revision, _) in self.build.earlier.items():
            content, inclusion = revision.to_page(), InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=content, inclusion=inclusion))
        self._choose_assets(files, config)
        for path in STYLESHEET_SOURCES:
            files.remove(files.src_uris[path])
        self._keep_for_good(files, config)
        files.append(File.generated(config, self._stylesheet, content=STYLESHEET))
        self._site = self.build.view_site()
        self._lists = add_list_pages(files, config, len(self._site.posts))
        self.page_count, self._done = len(files.documentation_pages()), 0
        return files

    def _keep_for_good(self, files: Files, config: MkDocsConfig) -> None:
        """Put what the theme brings into a folder named by its content: an address is never another file's."""
        theirs = [
            file
            for file in files
            if file.src_dir in config.theme.dirs and file.src_uri.startswith("assets/") and file.src_uri not in _NAMED
        ]
        digest = sha256(STYLESHEET.encode() + b"".join(file.content_bytes for file in theirs)).hexdigest()
        self._addresses = {file.src_uri: file.src_uri.replace("assets/", f"assets/{digest[:16]}/") for file in theirs}
        for file in theirs:
            file.dest_uri = self._addresses[file.src_uri]
        self._stylesheet = f"assets/{digest[:16]}/{STYLESHEET_NAME}"

    def _choose_assets(self, files: Files, config: MkDocsConfig) -> None:
        """Take away what only hidden posts use, and put cleaned pictures in the place of others."""
        pages = ((page.src_uri, page.content_string) for page in files.documentation_pages())
        own = {file.src_uri: file for file in files.media_files() if file.src_dir == config.docs_dir}
        for path in own.keys() & find_private_assets(self.build.hidden, self.build.shown, pages):
            files.remove(own.pop(path))
        with stopping_build():
            for path, picture in self.build.cleaned_pictures(own):
                files.remove(own[path])
                files.append(File.generated(config, path, content=picture))

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Put the recorder's pages into the menu, and each post beside those before and after it."""
        add_own_pages(nav, self._site)
        link_posts(files, self.build.list_files())
        self._nav = nav

    def on_page_markdown(self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Date the page, so that the sitemap does not tell the day of the build, and give it the room of the menu."""
        page.update_date = self.build.day_of(page.file.src_uri)
        if template := self.build.template_of(page.file.src_uri):
            page.meta = {"title": page.meta.get("title"), "template": template}
        if template := page.meta.get("template"):
            page.meta.setdefault("hide", ["navigation"] if template == "post.html" else ["navigation", "toc"])
        if page.file.src_uri in self.build.earlier:  # Search engines are to find the present text only.
            page.canonical_url = page.abs_url = None

    def on_page_content(self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Clean a text that was rendered, and keep it."""
        self._step()
        path = page.file.src_uri
        if isinstance(page, CachedPage) and page.memory.facts:
            return html
        clean = self.build.take_text(path, html, page.url)
        if isinstance(page, CachedPage) and not self.build.foreign_loads:
            return page.keep_text(clean, self.build.weigh(path, clean))
        return clean

    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Hand the site to all templates, and look for pages that are finished already."""
        with stopping_build():
            self.build.refuse_foreign_loads()
        env.bytecode_cache = CachedTemplates(self._cache)
        env.trim_blocks = env.lstrip_blocks = True
        env.filters["url"] = self._to_url
        cast("jinja2.FileSystemLoader", env.loader).searchpath.append(str(self._material))
        env.globals["campaign"], env.globals["theme_stylesheet"] = self._site, self._stylesheet
        self._frame = env.get_template("frame.html")
        frame = [str(self._nav), self._stylesheet, repr(self._site.frame)]
        for file in files.documentation_pages():
            page = file.page
            if not isinstance(page, CachedPage):
                continue
            beside = [f"{post.url} {post.title}" if post else "" for post in (page.previous_page, page.next_page)]
            if page.memory.find_page([*frame, *beside, *self.build.views[file.src_uri].to_facts()]):
                page.meta = {**page.meta, "template": _EMPTY_TEMPLATE}

    @jinja2.pass_context
    def _to_url(self, context: TemplateContext, path: str) -> str:
        """Lead to a file as MkDocs does, where the theme's are."""
        return url_filter(context, self._addresses.get(path, path))

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
        path, shown = page.file.src_uri, cast("dict[str, object]", context)
        shown["post"], shown["earlier"] = self.build.views.get(path), self.build.view_earlier(path)
        shown["declared"] = self.build.find_campaign(path)
        shown["listing"] = view_list(self._site.posts, self._lists[path]) if path in self._lists else None
        if isinstance(page, CachedPage) and page.memory.facts:
            shown["campaign"] = self._site.frame
            self.build.pages.append(SearchPage(page.url, self.build.views[path].post.title, page.memory.facts.weights))
            if page.memory.is_kept and not page.memory.is_finished:
                with stopping_build():
                    page.content = page.memory.load_text()
        elif path not in self.build.earlier and page.meta.get("template") != "search.html":
            title = page.title or ""
            self.build.pages.append(SearchPage(page.url, title, weigh(title, "", page.content or "")))

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Take the finished page from the cache, or put it there."""
        output = tidy(output)
        if not isinstance(page, CachedPage):
            return output
        if not page.memory.is_finished:
            page.memory.keep_page(output)
        if page.memory.is_kept:
            page.content = ""
        if self.keeps(page.file.dest_uri, page.memory.key):
            return ""  # MkDocs writes nothing then.
        with stopping_build():
            return page.memory.load_page() if page.memory.is_finished else output

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        """Make the page for what is not found valid."""
        return tidy(output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is no page."""
        frame = tidy(self._frame.render(get_context(self._nav, [], config, base_url="/")))
        (Path(config.site_dir) / FRAME_FILE).write_text(frame, "utf-8")
        self.build.finish(Path(config.site_dir), self.keeps)

    def _step(self) -> None:
        """Tell that a page was read or written."""
        self._done += 1
        self.progress(self._done, 2 * self.page_count)


def _keep_nothing(_path: str, _key: str) -> bool:
    return False
