"""Aggregates for other programs, such as the department's portal: JSON, read-only, never a name."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from http import HTTPStatus
from importlib import resources

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from campaign import __version__
from campaign.core.figures.coverage import Coverage, Figures
from campaign.errors.api import TokenRefusedError
from campaign.errors.base import CampaignError
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.api_tokens import is_token_in_force
from campaign.store.figures.figures import explain_figures
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import PublishedRevision, current_revision, current_revisions
from campaign.store.posts.special_cases import deadline_of

SCHEME = "bearer"
"""In any case of its letters (RFC 9110)."""
_FAULT = ("code", "problem", "remedy")
FIGURES = ("opening", "joined", "left", "exempt", "due", "on_time", "late", "outstanding")
Facts = dict[str, object]
Answer = Callable[[Request, Connection], object]


def _as_json(answer: Answer) -> Callable[[Request], Response]:
    """Ask for the token, and answer with ``{"data": …}`` or ``{"error": …}``."""

    @wraps(answer)
    def respond(request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            with recorder_of(request).database.reading() as connection:
                _require_token(request, connection)
                return JSONResponse({"data": answer(request, connection)}, headers=headers)
        except CampaignError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                headers["WWW-Authenticate"] = 'Bearer realm="campaign"'
            fault = {name: getattr(error, name) for name in _FAULT}
            return JSONResponse({"error": fault}, error.status, headers)

    return respond


@_as_json
def list_posts(_request: Request, connection: Connection) -> object:
    """Return every post that asks for a confirmation, with its figures now."""
    figures = explain_figures(connection)
    return [_describe(revision, figures[revision.post.id]) for revision in current_revisions(connection)]


@_as_json
def show_post(request: Request, connection: Connection) -> object:
    """Return a post with the figures of each unit now."""
    revision = current_revision(connection, request.path_params["post"])
    figures = explain_figures(connection, revision.post.id)[revision.post.id]
    units = [{"unit": unit, **_to_figures(counted)} for unit, counted in figures.by_unit.items()]
    return _describe(revision, figures) | {"units": units, "as_of": recorder_of(request).clock().isoformat()}


def describe_api(request: Request) -> Response:
    """Return the description of these answers for programs (OpenAPI 3.1)."""
    about = json.loads((resources.files("campaign.record") / "assets" / "openapi.json").read_bytes())
    about["info"]["version"] = __version__
    return JSONResponse({**about, "servers": [{"url": recorder_of(request).address}]})


def _require_token(request: Request, connection: Connection) -> None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != SCHEME or not is_token_in_force(connection, token.strip()):
        raise TokenRefusedError


def _describe(revision: PublishedRevision, figures: Figures) -> Facts:
    post, deadline = revision.post, deadline_of(revision)
    return {
        "post": post.id,
        "title": post.title,
        "revision": post.revision.number,
        "roster": post.roster,
        "deadline": {"late_from": deadline.ends_at.isoformat(), "in_words": deadline.format()},
        "total": _to_figures(figures.total),
        "transferred": figures.transferred,
    }


def _to_figures(figures: Coverage) -> Facts:
    facts: Facts = asdict(figures)
    return {name: facts.get(name, figures.due) for name in FIGURES}
