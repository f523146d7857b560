"""The figures that a monitor reads."""

from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from campaign.record.server.measures import Facts, Measures
from campaign.store.ledger.database import Database
from tests.rigs.ledger_steps import begin
from tests.rigs.nginx import free_port
from tests.rigs.recorder import NOTICE, fill_desk, open_desk

CONFIRM = f"/xac-nhan/{NOTICE.id}"


def read(port: int) -> dict[str, float]:
    """Return every figure by its name and labels."""
    answer = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=10)
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_presses_are_counted_by_what_became_of_them(tmp_path: Path) -> None:
    desk = fill_desk(open_desk(tmp_path))
    port = free_port()
    desk.recorder.measures.serve("127.0.0.1", port, Facts(desk.database, desk.recorder.site.folder))
    reader = desk.reader()

    reader.submit(CONFIRM)
    reader.submit(CONFIRM)
    figures = read(port)

    assert figures["campaign_presses_total recorded"] == 2
    assert figures["campaign_press_seconds_count"] == 2
    assert (figures["campaign_presses_waiting"], figures["campaign_database_up"]) == (0, 1)
    assert figures["campaign_ledger_entries"] == desk.entries()
    assert figures["campaign_ledger_uncovered"] == desk.entries()
    assert figures["campaign_disk_free_bytes"] > 0


def test_a_refused_press_is_counted_by_its_code() -> None:
    measures = Measures()

    with pytest.raises(ZeroDivisionError), measures.pressing():
        raise ZeroDivisionError

    assert measures.registry.get_sample_value("campaign_presses_total", {"outcome": "failed"}) == 1


def test_without_its_database_the_figures_say_so(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.sqlite3")
    begin(database)
    database.close()
    (tmp_path / "a.sqlite3").write_bytes(b"no database at all" * 100)

    names = {family.name: family.samples[0].value for family in Facts(database, tmp_path / "site").collect()}

    assert names["campaign_database_up"] == 0
