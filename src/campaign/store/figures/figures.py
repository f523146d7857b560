"""Figures from the tallies: how the posts stand now, in the time of a few rows, however many people there are.

For a past instant, and for the people behind a figure, `coverage` goes through the tables.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, func, select, text

from campaign.core.clock import to_microseconds
from campaign.core.coverage import Coverage
from campaign.core.post import RosterRule
from campaign.store.base import schema
from campaign.store.figures.coverage import opened_at
from campaign.store.posts.posts import PublishedRevision
from campaign.store.tallies import ON_LIST


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
    opened = to_microseconds(opened_at(connection, revision.post_id))
    return PostFigures(explain(connection, revision, now, opened, _FOREVER))


def explain(
    connection: Connection, revision: PublishedRevision, by_unit: Mapping[str, Coverage], opened: int, at: int
) -> dict[str, Coverage]:
    """Tell of figures at an instant who has come and who left since the opening; as `opening` they give all concerned.

    Only those are looked at who were on the roster for a part of the time: as good as nobody.
    """
    values = {"post": revision.post_id, "opened": opened, "at": at}
    moves = {row.unit: row for row in connection.execute(text(_MOVES), values)}
    explained = {}
    for unit in connection.scalars(select(schema.unit.c.name).order_by(schema.unit.c.id)):
        if unit in by_unit or unit in moves:
            figures, moved = by_unit.get(unit, Coverage()), moves.get(unit)
            joined, left = (int(moved.joined), int(moved.gone)) if moved else (0, 0)
            explained[unit] = replace(figures, opening=figures.opening - joined + left, joined=joined, left=left)
    return explained


def count_members(connection: Connection, units: Collection[str] | None = None) -> int:
    """Return how many people are on the roster, of some units or of all."""
    query = select(func.coalesce(func.sum(schema.headcount.c.members), 0)).where(schema.headcount.c.list_id == 0)
    if units is not None:
        query = query.join(schema.unit, schema.unit.c.id == schema.headcount.c.unit_id).where(
            schema.unit.c.name.in_(units)
        )
    return int(connection.execute(query).scalar_one())


def count_strangers(connection: Connection, revision: PublishedRevision) -> int:
    """Return how many have confirmed a post, and are not among those it is for: they left, or moved.

    They are those whom the tallies do not count.
    """
    values = {"post": revision.post_id, "since": revision.asks_since}
    return int(connection.execute(text(_STRANGERS), values).scalar_one())


def read_curve(connection: Connection, key: str, units: Collection[str] | None = None) -> list[tuple[date, int]]:
    """Return how many confirmations that count came on each day in Viet Nam on which there were any.

    Args:
        connection: One state of the database.
        key: The post's id.
        units: Some units, or nothing for all.
    """
    curve = text(_CURVE.format(which="AND u.name IN :units" if units else ""))
    if units:
        curve = curve.bindparams(bindparam("units", list(units), expanding=True))
    rows = connection.execute(curve, {"key": key})
    return [(to_day(row.day), int(row.confirmed)) for row in rows]


def to_day(number: int) -> date:
    """Return the day that a tally counts from 1970."""
    return _FIRST_DAY + timedelta(days=number)


_FIRST_DAY = date(1970, 1, 1)
_FOREVER = 1 << 62
"""Later than any instant, in microseconds."""

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

# CROSS JOIN keeps SQLite to the order that is written: it would go through every membership again.
_ON_ROSTER = """
    SELECT m.member_id AS member_id, m.unit_id AS unit_id
    FROM changed x CROSS JOIN membership m CROSS JOIN audience a
    WHERE m.member_id = x.member_id AND a.post_id = :post AND a.unit_id = m.unit_id AND a.category = m.category
    AND m.since <= {at} AND (m.until IS NULL OR m.until > {at})
"""

_MOVES = f"""
    WITH changed AS (SELECT DISTINCT member_id FROM membership WHERE since > :opened OR until > :opened),
    opening AS ({_ON_ROSTER.format(at=":opened")}),
    later AS ({_ON_ROSTER.format(at=":at")})
    SELECT u.name AS unit, SUM(moves.joined) AS joined, SUM(moves.gone) AS gone FROM (
        SELECT l.unit_id AS unit_id, COUNT(DISTINCT l.member_id) AS joined, 0 AS gone
        FROM later l LEFT JOIN opening o ON o.member_id = l.member_id AND o.unit_id = l.unit_id
        WHERE o.member_id IS NULL GROUP BY l.unit_id
        UNION ALL
        SELECT o.unit_id AS unit_id, 0 AS joined, COUNT(DISTINCT o.member_id) AS gone
        FROM opening o LEFT JOIN later l ON l.member_id = o.member_id AND l.unit_id = o.unit_id
        WHERE l.member_id IS NULL GROUP BY o.unit_id
    ) AS moves JOIN unit u ON u.id = moves.unit_id GROUP BY u.name
"""  # noqa: S608 - made of our own parts

_STRANGERS = """
    SELECT (SELECT COUNT(*) FROM confirmation WHERE post_id = :post AND revision >= :since)
        - (SELECT COALESCE(SUM(confirmed), 0) FROM day_tally WHERE post_id = :post)
"""

_CURVE = """
    SELECT t.day AS day, SUM(t.confirmed) AS confirmed
    FROM day_tally t JOIN post p ON p.id = t.post_id JOIN unit u ON u.id = t.unit_id
    WHERE p.key = :key {which} GROUP BY t.day ORDER BY t.day
"""
