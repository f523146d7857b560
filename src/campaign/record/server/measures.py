"""What a running recorder counts of itself, for Prometheus: no person, unit or address is in any of it."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from campaign import __version__
from campaign.errors.base import CampaignError
from campaign.store.ledger.database import Database
from campaign.store.proofs.state import read_state

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""The steps by which the time of a press is counted; 10 s is when the reader gets an answer at the latest."""


class Measures:
    """The figures of one recorder."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.registry = CollectorRegistry()
        self._presses = Counter(
            "campaign_presses", "Presses of the button, by answer", ["outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "campaign_press_seconds", "From a press to its answer", buckets=SECONDS, registry=self.registry
        )
        self._waiting = Gauge("campaign_presses_waiting", "Presses that wait to be recorded", registry=self.registry)
        Gauge("campaign_build", "The running program", ["version"], registry=self.registry).labels(__version__).set(1)

    @contextmanager
    def pressing(self) -> Iterator[None]:
        """Count a press, by what comes of it, and how long that takes."""
        came, outcome = perf_counter(), "failed"
        try:
            with self._waiting.track_inprogress():
                yield
            outcome = "recorded"
        except CampaignError as error:
            outcome = error.code
            raise
        finally:
            self._presses.labels(outcome).inc()
            self._seconds.observe(perf_counter() - came)

    def serve(self, host: str, port: int, facts: "Facts") -> None:
        """Give the figures to whoever asks on a port of their own, together with *facts*.

        Raises:
            OSError: The port is taken.
        """
        self.registry.register(facts)
        start_http_server(port, host, self.registry)


@dataclass(frozen=True)
class Facts(Collector):
    """What is looked up when the monitor asks.

    Attributes:
        site: The built site; its manifest tells when it was published.
    """

    database: Database
    site: Path

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield what is known; without the database, that it is gone."""
        manifest = self.site / "manifest.json"
        if manifest.exists():
            yield _gauge("campaign_site_age_seconds", "Since the site was built", time() - manifest.stat().st_mtime)
        yield _gauge("campaign_disk_free_bytes", "Free disk beside the site", shutil.disk_usage(self.site.parent).free)
        try:
            with self.database.reading() as connection:
                state = read_state(connection)
        except CampaignError:
            yield _gauge("campaign_database_up", "Whether the database answers", 0)
            return
        yield _gauge("campaign_database_up", "Whether the database answers", 1)
        yield _gauge("campaign_ledger_entries", "Entries of the ledger", state.entries)
        yield _gauge(
            "campaign_ledger_uncovered", "Entries after the newest signed checkpoint", state.entries - state.covered
        )
        yield _gauge("campaign_reminders_unsure", "Reminders begun and not recorded", state.unsure_reminders)
        standbys = GaugeMetricFamily("campaign_database_standbys", "Servers that follow the database", labels=["kind"])
        for kind, count in sorted(state.standbys.items()):
            standbys.add_metric([kind], count)
        yield standbys


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=value)
