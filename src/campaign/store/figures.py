"""Figures from the tallies: how the posts stand now, in the time of a few rows, however many people there are.

For a past instant, and for the people behind a figure, `coverage` goes through the tables.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, func, select, text

from campaign.core.coverage import Coverage
from campaign.core.post import RosterRule
from campaign.store import schema
from campaign.store.coverage import opened_at
from campaign.store.posts import PublishedRevision
from campaign.store.tallies import FIXED_MEMBERSHIP, ON_LIST


@dataclass(frozen=True, slots=True)
class PostFigures:
    """How a post stands now, by unit in the order in which units were added; the opening is not told here."""

    by_unit: Mapping[str, Coverage]

    @property
    def total(self) -> Coverage:
        """The figures of all units together."""
        return sum(self.by_unit.values(), Coverage())


def read_figures(connection: Connection, key: str | None = None) -> dict[str, PostFigures]:
    """Return the figures of a post, or of all that ask for a confirmation, by the post's id."""
    which, values = ("p.key = :key", {"key": key}) if key else ("0 = 0", {})
    exempt = {(row.key, row.unit): row.exempt for row in connection.execute(text(_EXEMPT.format(which=which)), values)}
    found = defaultdict[str, dict[str, Coverage]](dict)
    for row in connection.execute(text(_COUNTS.format(which=which)), values):
        excused = exempt.get((row.key, row.unit), 0)
        found[row.key][row.unit] = Coverage(
            opening=row.members,
            exempt=excused,
            on_time=row.on_time,
            late=row.late,
            outstanding=row.members - excused - row.on_time - row.late,
        )
    return {name: PostFigures(by_unit) for name, by_unit in found.items()}


def explain_figures(connection: Connection, revision: PublishedRevision) -> PostFigures:
    """Return the figures of a post with the denominator: who was concerned at the opening, who came, who left."""
    now = read_figures(connection, revision.post.id).get(revision.post.id, PostFigures({})).by_unit
    if revision.post.roster is RosterRule.FIXED:  # Nobody comes, and nobody leaves.
        return PostFigures(now)
    values = {"post": revision.post_id, "opened": opened_at(connection, revision.post_id)}
    opening = {row.unit: row for row in connection.execute(text(_OPENING), values)}
    by_unit = {}
    for unit in connection.scalars(select(schema.unit.c.name).order_by(schema.unit.c.id)):
        if unit in now or unit in opening:
            figures, then = now.get(unit, Coverage()), opening.get(unit)
            members, stayed = figures.opening, then.stayed if then else 0
            first = then.members if then else 0
            by_unit[unit] = replace(figures, opening=first, joined=members - stayed, left=first - stayed)
    return PostFigures(by_unit)


def count_members(connection: Connection, unit: str | None = None) -> int:
    """Return how many people are on the roster, of a unit or of all."""
    query = select(func.coalesce(func.sum(schema.headcount.c.members), 0)).where(schema.headcount.c.list_id == 0)
    if unit is not None:
        query = query.join(schema.unit, schema.unit.c.id == schema.headcount.c.unit_id).where(
            schema.unit.c.name == unit
        )
    return int(connection.execute(query).scalar_one())


def count_strangers(connection: Connection, revision: PublishedRevision) -> int:
    """Return how many have confirmed a post, and are not among those it is for: they left, or moved."""
    values = {"post": revision.post_id, "since": revision.asks_since}
    on_list = FIXED_MEMBERSHIP if revision.post.roster is RosterRule.FIXED else "m.until IS NULL"
    return int(connection.execute(text(_STRANGERS.format(on_list=on_list)), values).scalar_one())


def read_curve(connection: Connection, key: str) -> list[tuple[date, int]]:
    """Return how many confirmations that count were received on each day in Viet Nam on which there were any."""
    rows = connection.execute(text(_CURVE), {"key": key})
    return [(_FIRST_DAY + timedelta(days=row.day), row.confirmed) for row in rows]


_FIRST_DAY = date(1970, 1, 1)

_COUNTS = """
    SELECT p.key AS key, u.name AS unit, h.members AS members,
           COALESCE(t.on_time, 0) AS on_time, COALESCE(t.late, 0) AS late
    FROM post p
    JOIN (
        SELECT a.post_id AS post_id, a.unit_id AS unit_id, SUM(n.members) AS members
        FROM audience a
        JOIN post p ON p.id = a.post_id
        JOIN headcount n ON n.list_id = CASE WHEN p.fixed_at IS NULL THEN 0 ELSE p.id END
            AND n.unit_id = a.unit_id AND n.category = a.category
        GROUP BY a.post_id, a.unit_id
    ) AS h ON h.post_id = p.id
    JOIN unit u ON u.id = h.unit_id
    LEFT JOIN unit_tally t ON t.post_id = p.id AND t.unit_id = h.unit_id
    WHERE {which}
    ORDER BY p.id, u.id
"""

_EXEMPT = f"""
    SELECT p.key AS key, u.name AS unit, COUNT(DISTINCT s.member_id) AS exempt
    FROM special_case s
    JOIN post p ON p.id = s.post_id
    JOIN membership m ON m.member_id = s.member_id AND {ON_LIST}
    JOIN audience a ON a.post_id = p.id AND a.unit_id = m.unit_id AND a.category = m.category
    JOIN unit u ON u.id = m.unit_id
    WHERE {{which}} AND s.kind = 'exemption' AND s.until IS NULL AND NOT EXISTS (
        SELECT 1 FROM confirmation c
        WHERE c.post_id = p.id AND c.member_id = s.member_id AND c.revision >= p.asks_since
    )
    GROUP BY p.key, u.name
"""  # noqa: S608 - made of our own parts

_OPENING = """
    SELECT u.name AS unit, COUNT(*) AS members, COUNT(CASE
        WHEN m.until IS NULL THEN 1
        WHEN EXISTS (
            SELECT 1 FROM membership n
            JOIN audience b ON b.post_id = :post AND b.unit_id = n.unit_id AND b.category = n.category
            WHERE n.member_id = m.member_id AND n.unit_id = m.unit_id AND n.until IS NULL
        ) THEN 1
    END) AS stayed
    FROM membership m
    JOIN audience a ON a.post_id = :post AND a.unit_id = m.unit_id AND a.category = m.category
    JOIN unit u ON u.id = m.unit_id
    WHERE m.since <= :opened AND (m.until IS NULL OR m.until > :opened)
    GROUP BY u.name
"""

_STRANGERS = """
    SELECT COUNT(DISTINCT c.member_id) FROM confirmation c
    WHERE c.post_id = :post AND c.revision >= :since AND NOT EXISTS (
        SELECT 1 FROM membership m
        JOIN post p ON p.id = :post
        JOIN audience a ON a.post_id = :post AND a.unit_id = m.unit_id AND a.category = m.category
        WHERE m.member_id = c.member_id AND {on_list}
    )
"""

_CURVE = """
    SELECT t.day AS day, t.confirmed AS confirmed
    FROM day_tally t JOIN post p ON p.id = t.post_id WHERE p.key = :key ORDER BY t.day
"""
