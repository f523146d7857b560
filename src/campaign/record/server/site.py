"""The built site as the recorder sees it: the manifest, and the revisions that it names."""

import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from campaign.core.clock import Clock
from campaign.errors.base import CampaignError
from campaign.errors.site import ManifestError
from campaign.posts.manifest import FRAME_FILE, Manifest, load_documents, load_files, read_manifest
from campaign.publish.site.stylesheet import STYLESHEET_NAME
from campaign.record.server.static import StaticSite, look_at_manifest
from campaign.store.ledger.ledger import OpenLedger
from campaign.store.ledger.writer import Writer
from campaign.store.posts.declarations import declare
from campaign.store.posts.posts import publish_revision

_log = logging.getLogger(__name__)


class Site:
    """The folder of the built site. Its pages are served whatever happens to the database."""

    def __init__(self, folder: Path) -> None:
        """Look at *folder*; it need not exist yet."""
        self.folder = folder
        self.pages = StaticSite(folder)
        self._seen: tuple[int, int] | None = None
        self._manifest: Manifest | None = None
        self._frame = ""

    def manifest(self) -> Manifest | None:
        """Return the manifest as it is now, or nothing when the site is not built; the last one when it is broken."""
        seen = look_at_manifest(self.folder)
        if seen is None:
            self._manifest = None
        elif seen != self._seen:
            try:
                self._manifest = read_manifest(self.folder)
            except ManifestError as error:
                _log.warning("manifest unreadable: %s", error.problem)
        if seen != self._seen:
            self._frame = _read_frame(self.folder)
        self._seen = seen
        return self._manifest

    def frame(self) -> str:
        """Return the page around the recorder's own; "" when the site has none that goes with this program."""
        self.manifest()
        return self._frame

    def url_of(self, post: str) -> str | None:
        """Return the address of a post's page on the site, or nothing when it is not shown."""
        manifest = self.manifest()
        return next((found.url for found in manifest.posts if found.id == post), None) if manifest else None

    def documents(self) -> list[bytes]:
        """Return the revision's document of every post on the site that asks for a confirmation.

        Raises:
            ManifestError: A document is missing or does not have its digest.
        """
        manifest = self.manifest()
        return load_documents(self.folder, manifest) if manifest else []


def _read_frame(site: Path) -> str:
    try:
        frame = (site / FRAME_FILE).read_text("utf-8")
    except OSError:
        return ""
    return frame if STYLESHEET_NAME in frame else ""


class SiteWatch:
    """Registers in the ledger what the site publishes: at the start, and whenever the site was built again."""

    def __init__(self, site: Site, writer: Writer, clock: Clock) -> None:
        """Begin without knowing what the ledger has."""
        self._site = site
        self._writer = writer
        self._clock = clock
        self._registered: Manifest | None = None
        self._told: list[str] = []

    def look(self) -> None:
        """Register the new revisions, then take the new pages: no link is shown before it can be confirmed.

        A fault is logged once, and tried again at each look.
        """
        manifest = self._site.manifest()
        if manifest is not None and manifest is not self._registered:
            problems = list(dict.fromkeys(self._register(manifest)))
            if problems != self._told:
                for problem in problems:
                    _log.warning("site not registered: %s", problem)
            self._told = problems
            self._registered = None if problems else manifest
        self._site.pages.look()

    def _declare(self, ledger: OpenLedger, manifest: Manifest) -> bool:
        return declare(ledger, manifest.campaigns, manifest.department, self._clock()) > 0

    def _register(self, manifest: Manifest) -> Iterator[str]:
        """Register declarations and revisions in one commit, and give what is wrong with those that could not be."""
        folder = self._site.folder
        try:
            jobs = [
                partial(publish_revision, document=document, at=self._clock(), files=load_files(folder, document))
                for document in self._site.documents()
            ]
            waiting = [self._writer.submit(job) for job in (partial(self._declare, manifest=manifest), *jobs)]
        except CampaignError as error:
            yield error.why
            return
        for registered in waiting:
            try:
                registered.result()
            except CampaignError as error:
                yield error.why
            except Exception as error:  # noqa: BLE001 - the site must be served whatever one of its documents holds
                yield repr(error)
