"""The preview: a draft in the real page, with menu and style of the site around it; nothing in it runs."""

import re
from functools import cache
from urllib.parse import quote, unquote

from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from campaign.core.draft import Draft
from campaign.errors.access import PageNotFoundError
from campaign.posts.content import PostFile
from campaign.posts.fixes.text import fix_text
from campaign.posts.front_matter import split_front_matter
from campaign.posts.rendering import to_raw_html, to_safe_html
from campaign.publish.site.site import view_post
from campaign.record.desk.editor import DESK_PATH, saved_name
from campaign.record.desk.place import path_of_file, place_of
from campaign.record.web.admission import unit_shown_to
from campaign.record.web.answers import reading
from campaign.record.web.guard import PREVIEW_POLICY
from campaign.record.web.pages import Frame
from campaign.record.web.visitor import recorder_of
from campaign.store.ledger.database import Connection
from campaign.store.posts.drafts import read_file, require_draft

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
"""It would not run; browsers complain of it."""
_ADDRESS = re.compile(r'(?P<name>src|href)="(?!#|/|[a-z]+:)(?P<to>[^"]*)"')
_MAIN = """{{ before }}{% block content %}{% endblock %}{{ after }}
{% if false %}{% block scripts %}{% endblock %}{% endif %}"""
"""The page around a post, in the place of the theme's own, which only the engine can fill; scripts would not run."""
_UNREADABLE = """<p class="box box--note">Còn ô phải sửa nên mới xem được phần nội dung.</p>{{ page.content }}"""


@reading
def show_preview(request: Request, connection: Connection) -> Response:
    """Show the draft as it is kept, as readers would see it."""
    draft = require_draft(connection, saved_name(request), unit_shown_to(request))
    place = place_of(request)
    around = Frame("", sample=False, reader=None, staff=None, form_token="", site=recorder_of(request).site.frame())
    start, *rest, end = (_SCRIPT.sub("", part) for part in around.divide(""))
    before = f"{start}Xem trước{''.join(rest)}"
    text = fix_text(split_front_matter(draft.path, draft.source).text).text
    post = place.read_post(draft)
    url, now, campaign = draft.path.removesuffix(".md") + "/", recorder_of(request).clock(), place.campaign_of(post)
    file = PostFile(draft.path, post, files=post.attachments) if post else None
    view = view_post(file, url, "", now, campaign=campaign) if file else None
    template = _templates("post.html" if view else "unreadable.html")
    content = _ADDRESS.sub(lambda link: _lead(draft, link), to_safe_html(to_raw_html(text)))
    html = template.render(before=before, after=end, post=view, page={"content": content})
    headers = {"Content-Security-Policy": PREVIEW_POLICY, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-store"}
    return HTMLResponse(html, headers=headers)


@reading
def send_draft_file(request: Request, connection: Connection) -> Response:
    """Send a picture or an attachment of a draft, never to be run."""
    draft, name = require_draft(connection, saved_name(request), unit_shown_to(request)), request.path_params["name"]
    if name not in draft.files:
        raise PageNotFoundError
    kind = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}.get(
        name[-3:].lstrip(".")
    )
    headers = {"Content-Security-Policy": PREVIEW_POLICY, "Cache-Control": "no-store"}
    if kind is None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(
        read_file(connection, draft.post, name), headers=headers, media_type=kind or "application/octet-stream"
    )


def _lead(draft: Draft, link: re.Match[str]) -> str:
    """Lead a link of the text to where it leads on the site, or to the file of the draft."""
    folder, to = draft.path.rpartition("/")[0], link["to"]
    name = unquote(to).rpartition("/")[2]
    if name in draft.files and f"{folder}/{unquote(to)}" == path_of_file(draft, name):
        return f'{link["name"]}="{DESK_PATH}/{draft.post}/tep/{quote(name)}"'
    return f'{link["name"]}="/{folder}/{re.sub(r"[.]md(?=#|$)", "/", to)}"'


@cache
def _templates(name: str) -> Template:
    """Return a template of the theme with our own page around it, which needs no engine."""
    own = {
        "main.html": _MAIN,
        "unreadable.html": '{% extends "main.html" %}{% block content %}' + _UNREADABLE + "{% endblock %}",
    }
    loader = ChoiceLoader([DictLoader(own), PackageLoader("campaign.publish", "theme")])
    environment = Environment(loader=loader)  # noqa: S701 - the theme escapes block by block, as MkDocs does not
    environment.filters["url"] = lambda path: f"/{path}"
    return environment.get_template(name)
