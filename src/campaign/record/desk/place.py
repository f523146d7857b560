"""What the desk works on: the content folder where there is one, else what the built site and the ledger tell."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import Request

from campaign.core.campaign import Campaign
from campaign.core.draft import Draft
from campaign.core.post import Post, post_from_document
from campaign.errors.base import CampaignError
from campaign.errors.posts import DuplicatePostError
from campaign.jobs.checking import gather_surroundings
from campaign.jobs.publishing import Publisher
from campaign.posts.archive import Archive, read_archive
from campaign.posts.attachments import ContentFiles
from campaign.posts.content import find_own, keep_look, parse_post
from campaign.posts.declarations import read_campaigns
from campaign.posts.manifest import load_document
from campaign.posts.workplace import Workplace
from campaign.publish.check.checks import PostSource, Surroundings, check_draft
from campaign.publish.check.remarks import Remark
from campaign.record.server.recorder import Recorder
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection

_NOWHERE = Path("khong-co-thu-muc-noi-dung")


@dataclass(frozen=True, slots=True)
class Place:
    """What the desk of a recorder works on.

    Attributes:
        workplace: The folder in which posts become a site, if it is on this machine.
    """

    recorder: Recorder
    workplace: Workplace | None

    @property
    def units(self) -> tuple[str, ...]:
        """The units that posts can name."""
        manifest = self.recorder.site.manifest()
        return self.workplace.units if self.workplace else manifest.units if manifest else ()

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns to which posts can belong; none while what declares them has faults."""
        if self.workplace is None:
            manifest = self.recorder.site.manifest()
            return manifest.campaigns if manifest else ()
        with suppress(CampaignError):
            return read_campaigns(self.workplace.content, self.units)
        return ()

    def campaign_of(self, post: Post | None) -> Campaign | None:
        """Return the campaign of a post, or nothing."""
        name = post.campaign if post else None
        return next((campaign for campaign in self.campaigns if campaign.id == name), None)

    @property
    def archive(self) -> Archive:
        """What was published."""
        if self.workplace:
            return read_archive(self.workplace.archive)
        manifest = self.recorder.site.manifest()
        posts = manifest.posts if manifest else ()
        return Archive(_NOWHERE, {post.id: {post.revision: post.digest} for post in posts})

    def find_published(self, post: str) -> Post | None:
        """Return the post as readers saw it last, or nothing when they never did."""
        if self.workplace:
            archive = self.archive
            numbers = archive.numbers(post)
            return archive.load(post, numbers[-1]) if numbers else None
        manifest = self.recorder.site.manifest()
        found = next((shown for shown in manifest.posts if shown.id == post), None) if manifest else None
        return post_from_document(load_document(self.recorder.site.folder, found)) if found else None

    def read_source(self, post: str) -> tuple[str, bytes] | None:
        """Return the file of a post in the content folder and what it holds, or nothing."""
        path = self.workplace.find_posts().get(post) if self.workplace else None
        source = self.workplace.read(path) if self.workplace and path else None
        return (path, source) if path and source is not None else None

    def surroundings(self, connection: Connection) -> Surroundings:
        """Gather what posts are judged by."""
        return gather_surroundings(self.units, self.archive, self.recorder.clock(), connection)

    def check(self, connection: Connection, draft: Draft) -> tuple[CampaignError | Remark, ...]:
        """Check a draft with the checks of `campaign post check`."""
        folder = self.workplace.content if self.workplace else _NOWHERE
        files = [path_of_file(draft, name) for name in draft.files]
        source = PostSource(draft.path, draft.source, files, self.campaigns)
        found = check_draft(source, folder, self.surroundings(connection))
        taken = self.workplace.find_posts().get(draft.post, draft.path) if self.workplace else draft.path
        return found if taken == draft.path else (*found, DuplicatePostError(draft.path, draft.post, taken))

    def read_post(self, draft: Draft) -> Post | None:
        """Return the post that a draft becomes, or nothing when its fields have faults."""
        try:
            archive = self.archive
            own = find_own(draft.source, archive, self.campaigns)
            post = parse_post(draft.path, draft.source, self.units, own)
            if self.workplace:
                attached, _ = ContentFiles(self.workplace.content, archive).describe(post, draft.path)
                post = replace(post, attachments=attached)
            return keep_look(post, draft.path, draft.source, archive)
        except CampaignError:
            return None


def place_of(request: Request) -> Place:
    """Return what the desk works on."""
    recorder = recorder_of(request)
    return Place(recorder, recorder.workplace)


def path_of_file(draft: Draft, name: str) -> str:
    """Return where in the content folder a file of a draft belongs: beside the post, in a folder of its id."""
    folder = draft.path.rpartition("/")[0]
    return f"{folder}/{draft.post}/{name}"


def files_to_write(draft: Draft, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what a draft becomes in the content folder, by path."""
    return {draft.path: draft.source} | {path_of_file(draft, name): data for name, data in contents.items()}


def publisher_of(recorder: Recorder, workplace: Workplace) -> Publisher:
    """Return what publishes the drafts of a recorder: by its own settings, in a program of its own."""
    environment = {
        "CAMPAIGN_DATABASE": recorder.database.url,
        "CAMPAIGN_SITE": str(recorder.site.folder.resolve()),
        "CAMPAIGN_ADDRESS": recorder.address,
        "CAMPAIGN_SITE_URL": os.environ.get("CAMPAIGN_SITE_URL", f"{recorder.address}/"),
    }
    return Publisher(recorder.database, recorder.writer, recorder.clock, workplace, environment)
