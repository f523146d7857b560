"""Send what nobody expects to every route: ``.venv/bin/python scripts/security/fuzz.py``.

Schemathesis, fetched for this alone, reads the recorder's own OpenAPI document, with a token, and then a description of
all pages and forms that is made here from the table of routes: as nobody, as a member and as the Office. Exit code 1
when an answer is none of those that are described, or a bug.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from service import Campaign, install_tool

from campaign.core.people.access import WayIn
from campaign.record.routes import RULES
from campaign.record.web.visitor import Browser, Realm
from campaign.store.credentials.api_tokens import create_token
from campaign.store.credentials.sessions import Session, open_session
from campaign.store.ledger.database import Database
from campaign.store.roster.roster import read_roster

SCHEMATHESIS = "schemathesis==4.32.5"
EXAMPLES = "10"
FIELDS = (
    *("staff_code", "access_code", "next", "remember", "account", "passphrase", "code", "unit", "revision", "digest"),
    *("channel", "sent_on", "number", "recipients", "withdrawn", "session", "kind", "device"),
)
"""The fields of all forms; each form gets all, because none may mind another's."""
ENDING = {"/ra", "/van-phong/ra", "/van-phong/phien", "/cua-toi/thiet-bi", "/cua-toi/phieu", "/van-phong/phieu"}
"""Forms that would end the very session that asks, or take seconds for hashing."""
STATUSES = ("200", "302", "303", "400", "401", "403", "404", "405", "409", "413", "421", "429")
LEADING_ON = ("302", "303")
KINDS = (
    *("text/html", "application/json", "text/csv", "application/octet-stream"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends."""

    name: str
    realm: Realm
    token: str | None

    @property
    def headers(self) -> list[str]:
        """The headers of each request, as options."""
        cookies = f"campaign-visit=visit; campaign-{self.realm}={self.token or ''}"
        return ["-H", f"Cookie: {cookies}"]

    def describe(self, address: str) -> dict[str, object]:
        """Return an OpenAPI document of all routes of the realm, with the token that a form of this visitor carries."""
        form_token = Browser(self.realm, self.token, "visit").form_token
        paths: dict[str, dict[str, object]] = {}
        for rule in RULES:
            if rule.path.startswith("/van-phong") is (self.realm is Realm.OFFICE):
                paths.setdefault(rule.path, {})[rule.method.lower()] = describe(rule.method, rule.path, form_token)
        about = {"title": "Pages", "version": "1"}
        return {"openapi": "3.1.0", "info": about, "servers": [{"url": address}], "paths": paths}


def main() -> int:
    """Start a recorder, then send as each."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        tool = install_tool(folder / "tool", SCHEMATHESIS, "schemathesis")
        with Campaign(folder) as campaign:
            token, visitors = prepare(campaign.database)
            results = {
                "api": run(tool, [f"{campaign.address}/api/openapi.json", "-H", f"Authorization: Bearer {token}"])
            }
            for one in visitors:
                document = folder / f"{one.name}.json"
                document.write_text(json.dumps(one.describe(campaign.address)))
                origin = ["-H", f"Origin: {campaign.address}"]
                results[one.name] = run(tool, [str(document), "--url", campaign.address, *one.headers, *origin])
            bugs = [line for line in campaign.log() if '"bug ' in line]
    print("\n".join(f"{'ok' if passed else 'FAILED':8}{name}" for name, passed in results.items()))
    print("\n".join(bugs) or "no bug in the log")
    return 0 if all(results.values()) and not bugs else 1


def prepare(url: str) -> tuple[str, list[Visitor]]:
    """Make a token for the API, and let a member and the Office in."""
    now, lasts = datetime.now(UTC), timedelta(hours=8)
    with closing(Database(url)) as database, database.writing() as connection:
        member = next(iter(read_roster(connection).values()))
        tokens = [
            open_session(connection, session, now, lasts)
            for session in (
                Session(WayIn.SLIP_CODE, member_id=member.id),
                Session(WayIn.PASSPHRASE, account="vanphong"),
            )
        ]
        visitors = [
            Visitor("nobody", Realm.READER, None),
            Visitor("member", Realm.READER, tokens[0]),
            Visitor("nobody-office", Realm.OFFICE, None),
            Visitor("office", Realm.OFFICE, tokens[1]),
        ]
        return create_token(connection, "fuzz", now), visitors


def describe(method: str, path: str, form_token: str) -> dict[str, object]:
    """Return the operation of a route."""
    names = re.findall(r"{(\w+)}", path)
    parameters = [{"name": one, "in": "path", "required": True, "schema": {"type": "string"}} for one in names]
    queries = ("tiep", "revision", "tinh-den", "trang-thai", "don-vi", "tim")
    parameters += [{"name": one, "in": "query", "required": False, "schema": {"type": "string"}} for one in queries]
    content: dict[str, object] = {kind: {} for kind in KINDS}
    operation: dict[str, object] = {
        "parameters": parameters,
        "responses": {
            one: {"description": ""} | ({} if one in LEADING_ON else {"content": content}) for one in STATUSES
        },
    }
    if method == "POST":
        fields: dict[str, object] = {"form_token": {"enum": [form_token]}} | {one: {"type": "string"} for one in FIELDS}
        form = {"type": "object", "properties": fields, "required": ["form_token"]}
        operation["tags"] = ["ending"] if path in ENDING else []
        operation["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    return operation


def run(tool: Path, arguments: list[str]) -> bool:
    """Run Schemathesis; what it sends that no form could hold may be answered in any way that is described."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    # A page that only takes forms is, for who looks, not there: 404 and not 405.
    checks += ",response_headers_conformance,allow_header_conformance,ignored_auth"
    command = [
        str(tool),
        "run",
        *arguments,
        "--checks",
        checks,
        "--max-examples",
        EXAMPLES,
        "--seed",
        "485",
        "--exclude-tag",
        "ending",
    ]
    done = subprocess.run(
        [*command, "--phases", "examples,coverage,fuzzing"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tool.parent,
    )
    print("\n".join(interesting(done.stdout)), flush=True)
    return done.returncode == 0


def interesting(said: str) -> Iterator[str]:
    """Leave out the banner, and how each operation went when all is well."""
    lines = said.splitlines()
    start = next((number for number, line in enumerate(lines) if "FAILURES" in line or "SUMMARY" in line), 0)
    yield from lines[start:]


if __name__ == "__main__":
    sys.exit(main())
