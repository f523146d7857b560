"""Where an editor begins."""

from starlette.requests import Request
from starlette.responses import Response

from campaign.record.web.answers import recorder_of, show
from campaign.record.web.pages import EditingPage, PublishedLine
from campaign.store.posts.posts import current_revisions


def show_editing(request: Request) -> Response:
    """Show the posts that ask for a confirmation, in the revision that readers see now."""
    recorder = recorder_of(request)
    with recorder.database.reading() as connection:
        posts = tuple(
            PublishedLine(one.post, recorder.site.url_of(one.post.id)) for one in current_revisions(connection)
        )
        return show(request, connection, EditingPage(posts))
