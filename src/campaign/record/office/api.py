"""Aggregates for other programs, such as the department's portal: JSON, read-only, never a name."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from campaign import __version__
from campaign.core.coverage import Coverage
from campaign.core.post import RosterRule
from campaign.errors.api import TokenRefusedError
from campaign.errors.base import CampaignError
from campaign.record.web.visitor import recorder_of
from campaign.store.credentials.api_tokens import is_token_in_force
from campaign.store.figures.figures import PostFigures, explain_figures
from campaign.store.ledger.database import Connection
from campaign.store.posts.posts import PublishedRevision, current_revision, current_revisions
from campaign.store.posts.special_cases import deadline_of

SCHEME = "Bearer "
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
    return [_describe(revision, explain_figures(connection, revision)) for revision in current_revisions(connection)]


@_as_json
def show_post(request: Request, connection: Connection) -> object:
    """Return a post with the figures of each unit now."""
    revision = current_revision(connection, request.path_params["post"])
    figures = explain_figures(connection, revision)
    units = [{"unit": unit, **_to_figures(counted)} for unit, counted in figures.by_unit.items()]
    return _describe(revision, figures) | {"units": units, "as_of": recorder_of(request).clock().isoformat()}


def describe_api(request: Request) -> Response:
    """Return the description of these answers for programs (OpenAPI 3.1)."""
    return JSONResponse(_write_openapi(recorder_of(request).address))


def _require_token(request: Request, connection: Connection) -> None:
    given = request.headers.get("authorization", "")
    if not given.startswith(SCHEME) or not is_token_in_force(connection, given.removeprefix(SCHEME).strip()):
        raise TokenRefusedError


def _describe(revision: PublishedRevision, figures: PostFigures) -> Facts:
    post, deadline = revision.post, deadline_of(revision)
    return {
        "post": post.id,
        "title": post.title,
        "revision": post.revision.number,
        "roster": post.roster,
        "deadline": {"late_from": deadline.ends_at.isoformat(), "in_words": deadline.format()},
        "total": _to_figures(figures.total),
    }


def _to_figures(figures: Coverage) -> Facts:
    facts: Facts = asdict(figures)
    return {name: facts.get(name, figures.due) for name in FIGURES}


def _write_openapi(address: str) -> Facts:
    figures = {"type": "object", "required": list(FIGURES), "properties": {n: {"type": "integer"} for n in FIGURES}}
    one: Facts = {"$ref": "#/components/schemas/Post"}
    many: Facts = {"type": "array", "items": one}
    unit = {"type": "object", "required": ["unit"], "properties": {"unit": {"type": "string"}}}
    post = {
        "type": "object",
        "required": ["post", "title", "revision", "roster", "deadline", "total"],
        "properties": {
            "post": {"type": "string"},
            "title": {"type": "string"},
            "revision": {"type": "integer"},
            "roster": {"type": "string", "enum": list(RosterRule)},
            "deadline": {
                "type": "object",
                "properties": {"late_from": {"type": "string", "format": "date-time"}, "in_words": {"type": "string"}},
            },
            "total": {"$ref": "#/components/schemas/Figures"},
            "units": {"type": "array", "items": {"allOf": [unit, {"$ref": "#/components/schemas/Figures"}]}},
            "as_of": {"type": "string", "format": "date-time"},
        },
    }
    fault = {
        "type": "object",
        "properties": {"error": {"type": "object", "properties": {n: {"type": "string"} for n in _FAULT}}},
    }
    key = {"name": "post", "in": "path", "required": True, "schema": {"type": "string"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Số liệu tổng hợp", "version": __version__, "description": "Chỉ đọc, không có tên người."},
        "servers": [{"url": address}],
        "security": [{"token": []}],
        "paths": {
            "/api/bai": {"get": _operation("Các bài cần xác nhận", many)},
            "/api/bai/{post}": {"parameters": [key], "get": _operation("Một bài, theo đơn vị", one)},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Figures": figures, "Post": post, "Fault": fault},
        },
    }


def _operation(summary: str, data: Facts) -> Facts:
    body = {"type": "object", "required": ["data"], "properties": {"data": data}}
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {
        "summary": summary,
        "responses": {
            "200": {"description": "Có số liệu", "content": {"application/json": {"schema": body}}},
            "401": {"description": "Thiếu khoá, hoặc khoá đã thu hồi", "content": fault},
            "404": {"description": "Không có bài ấy", "content": fault},
            "503": {"description": "Chưa đọc được sổ; thử lại sau", "content": fault},
        },
    }
