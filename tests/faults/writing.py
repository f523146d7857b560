"""A program that confirms as recorders do, one press after the other or many together, and says what was acknowledged.

``python tests/faults/writing.py URL [--first N] [--together N] [--own-sqlite] [--pragma NAME=VALUE]…``

A line "sequence member post" goes to standard output as soon as the writer answers. The pragmas are set after those of
the product, to show what would happen with others.
"""

import argparse
import os
import random
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import wait
from functools import partial

SEED = 485


def main() -> None:
    """Press everything that the readers of the database can press, in an order that is the same each time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--first", type=int, help="press only so many")
    parser.add_argument("--together", type=int, default=6, help="at most so many wait at once")
    parser.add_argument("--own-sqlite", action="store_true", help="as where pysqlite3 is not built")
    parser.add_argument("--pragma", action="append", default=[])
    arguments = parser.parse_args()
    if arguments.own_sqlite:
        sys.modules["pysqlite3"] = None  # type: ignore[assignment] # what makes an import fail
    press_all(arguments.url, arguments.pragma, arguments.first, arguments.together)


def press_all(url: str, pragmas: list[str], first: int | None, together: int) -> None:
    """Press, a wave at a time; now and then a press of before comes again."""
    # The choice of SQLite must come before the first import of the store.
    from sqlalchemy import event  # noqa: PLC0415

    from campaign.settings import system_clock  # noqa: PLC0415
    from campaign.store.credentials.sessions import Reader  # noqa: PLC0415
    from campaign.store.ledger.database import Database  # noqa: PLC0415
    from campaign.store.ledger.writer import Writer  # noqa: PLC0415
    from campaign.store.posts.confirmations import Confirmation, Press, confirm_all  # noqa: PLC0415
    from campaign.store.posts.posts import current_revisions  # noqa: PLC0415
    from campaign.store.roster.roster import read_roster  # noqa: PLC0415

    def override(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    def acknowledge(answers: Sequence[object]) -> None:
        for found in answers:
            assert isinstance(found, Confirmation)
            os.write(1, f"{found.sequence} {found.member_id} {found.post}\n".encode())

    database = Database(url)
    event.listen(database.engine, "connect", override)
    with database.reading() as connection:
        readers = {code: Reader(listed, "slip_qr") for code, listed in read_roster(connection).items()}
        revisions = current_revisions(connection)
    writer, chance = Writer(database), random.Random(SEED)  # noqa: S311 - the same order each time, nothing secret
    chosen = [(code, revision) for code in readers for revision in revisions]
    chance.shuffle(chosen)
    chosen = chosen[:first]
    for wave in in_waves(len(chosen), together, chance):
        presses = [
            Press(code, revision.post.id, revision.post.revision.number, revision.digest, system_clock())
            for code, revision in (chosen[number] for number in wave)
        ]
        answers = writer.submit(partial(confirm_all, presses=presses, readers=readers))
        answers.add_done_callback(lambda answered: acknowledge(answered.result()))
        wait([answers])
    writer.close()
    database.close()


def in_waves(count: int, together: int, chance: random.Random) -> Iterator[list[int]]:
    """Give the numbers below *count* in order, some at a time; in every fifth wave one of before comes again."""
    begun = 0
    while begun < count:
        size = chance.randint(1, together)
        wave = list(range(begun, min(count, begun + size)))
        yield [*wave, chance.randrange(begun)] if begun and chance.random() < 1 / 5 else wave
        begun += size


if __name__ == "__main__":
    main()
