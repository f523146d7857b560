"""The preview: the site on the editor's own machine, built again and reloaded whenever a file is saved."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
)
from watchdog.observers import Observer

from campaign.core.clock import Clock
from campaign.errors.settings import ListenError, SiteBuildError
from campaign.publish.mkdocs.building import build_fresh
from campaign.publish.mkdocs.project import open_project

_WRITES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""What a build does itself, reading, would otherwise begin the next one."""
_SETTLE_SECONDS = 0.02
"""An editor's program may write a file in several steps."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the preview is served."""

    host: str
    port: int


def serve_preview(config_file: Path, address: Address, clock: Clock, tell: Callable[[str], None]) -> None:
    """Serve the preview until Ctrl+C.

    Args:
        config_file: The file mkdocs.yml.
        address: Where to listen.
        clock: Tells why a post is hidden, and the states of deadlines.
        tell: Is told what an editor should know: where to look, and what is wrong.

    Raises:
        SiteBuildError: The first build fails; a later failure leaves the last preview in place.
        ListenError: The port is taken.
    """
    project = open_project(config_file)
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        site = Path(folder) / "site"
        _build(config_file, site, clock, tell)

        def build_again() -> None:
            try:
                _build(config_file, site, clock, tell)
            except SiteBuildError as error:
                tell(f"{error}\n")

        with _running(build_again, address, site) as server:
            server.watch(str(project.content))
            server.watch(str(config_file))
            tell(f"Xem thử tại {server.url} – lưu tệp là trang tự tải lại. Dừng bằng Ctrl+C.")
            with suppress(KeyboardInterrupt):
                server.serve()


def _build(config_file: Path, site: Path, clock: Clock, tell: Callable[[str], None]) -> None:
    fresh = build_fresh(config_file, site, clock, preview=True)
    fresh.show()
    for warning in fresh.warnings:
        tell(f"Sẽ không đăng được: {warning}")


@contextmanager
def _running(builder: Callable[[], None], address: Address, site: Path) -> Iterator[LiveReloadServer]:
    server = LiveReloadServer(builder, address.host, address.port, str(site))
    server.build_delay = _SETTLE_SECONDS
    # MkDocs's own observer would look at every file twice a second; this one is told by the system, of writes only.
    observer = Observer()
    observer.schedule = partial(observer.schedule, event_filter=_WRITES)  # type: ignore[method-assign] # as MkDocs asks
    server.observer = observer  # type: ignore[assignment] # another kind
    try:
        yield server
    except OSError as error:
        raise ListenError(address.host, address.port, error.strerror or "lỗi mạng") from error
    finally:
        server.shutdown()
        server.server_close()
