"""Building the site from a program, as ``mkdocs build`` does from the command line."""

import logging
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from campaign.core.clock import Clock
from campaign.core.post import Post
from campaign.errors.settings import SiteBuildError
from campaign.posts.archive import Archive, add_to_archive
from campaign.posts.attachments import ContentFiles
from campaign.posts.compression import compress_files
from campaign.publish.cache.output import Output
from campaign.publish.mkdocs.project import find_plugin
from campaign.publish.site.switching import fresh_folder, last_folder, switch

Progress = Callable[[int, int], None]
"""Is told how many steps of how many are done."""


@dataclass(frozen=True, slots=True)
class FreshSite:
    """A site that is built and that no reader sees yet.

    Attributes:
        place: The folder in which readers will find it.
        posts: The posts that it shows.
        pages: How many pages it has.
        archive: What was published before it.
        built_at: The instant whose state of the posts it shows.
        files: The files that the posts show.
        warnings: What is wrong in a preview that would stop a build.
    """

    place: Path
    posts: tuple[Post, ...]
    pages: int
    archive: Archive
    built_at: datetime
    files: ContentFiles
    warnings: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return fresh_folder(self.place)

    def put_in_place(self) -> None:
        """Keep its revisions in the archive, then show it to readers at one stroke."""
        add_to_archive(self.archive, self.posts, self.built_at, self.files.keep)
        self.show()

    def show(self) -> None:
        """Put it in its place without keeping anything: a trial."""
        switch(self.place)

    def discard(self) -> None:
        """Delete it."""
        shutil.rmtree(self.folder)


def build_fresh(
    config_file: Path,
    site: Path,
    clock: Clock,
    progress: Progress | None = None,
    units: Collection[str] = (),
    *,
    preview: bool = False,
) -> FreshSite:
    """Build the site that *config_file* describes beside *site*: readers keep the last one, also when this has faults.

    Args:
        config_file: The file mkdocs.yml.
        site: Where the site is to be shown.
        clock: Tells which posts are public, and the states of deadlines.
        progress: Is told how far the build has come.
        units: The units of the roster, which posts may name beside those of mkdocs.yml.
        preview: Whether hidden posts are shown too, and what MkDocs only warns of is no fault.

    Raises:
        SiteBuildError: The content has faults; their text is the error's.
    """
    site = site.resolve()
    fresh = fresh_folder(site)
    with _gathered_warnings() as warnings:
        try:
            config = load_config(str(config_file), site_dir=str(fresh), strict=not preview)
            plugin = find_plugin(config)
            if preview:  # Its only reader waits for it, so what it shows is taken up itself.
                output = Output(fresh, site, site.parent)
            else:
                cache = plugin.cache_file(config)
                output = Output(fresh, last_folder(site), cache and cache.parent)
            config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
            plugin.units = units
            plugin.clock, plugin.progress, plugin.keeps = clock, progress or plugin.progress, output.keeps
            build(config)
            config.plugins.on_shutdown()
            new = output.merge()
        except MkDocsException as error:
            # MkDocs logs the reason and raises that it gives up; the reason is what an editor needs.
            raise SiteBuildError("\n".join(warnings) or str(error.__context__ or error)) from error
    if not preview:
        compress_files(fresh, new, site)
    output.note()
    built = plugin.build
    posts, archive = built.public_posts, built.archive
    return FreshSite(site, posts, plugin.page_count, archive, built.now, built.files, tuple(warnings))


def build_site(config_file: Path, site: Path, clock: Clock) -> None:
    """Build the site that *config_file* describes, then put it in the place of *site* whole.

    Raises:
        SiteBuildError: The content has faults; their text is the error's.
    """
    build_fresh(config_file, site, clock).put_in_place()


@contextmanager
def _gathered_warnings() -> Iterator[list[str]]:
    """Gather what MkDocs warns of: it stops a strict build, and MkDocs would only say how many there were."""
    found: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: found.append(record.getMessage().strip())  # type: ignore[method-assign] # one use
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
