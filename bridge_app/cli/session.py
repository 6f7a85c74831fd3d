"""The application as a command has it: opened for reading, or as the worker of the profile."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_app.app.build import DEMO_CLOUD, Parts, build, utc_now
from bridge_app.app.profile import AlreadyOpenError, key_store, profile_home, sole_worker
from bridge_app.cli.output import note
from bridge_app.domain.assets import Asset, AssetId, LibraryId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.query import Query
from bridge_app.libraries.errors import WatchLimitedError
from bridge_app.storage.search import CatalogReader
from bridge_app.work.events import Event, ScanProgress
from bridge_app.work.scan_run import ManyGoneError

if TYPE_CHECKING:
    from bridge_app.work.environments import OpenStore

SHORTEST_ID = 6
"""Characters of its beginning, so that no word is taken for one."""
LOOK_EVERY_S = 0.01


class AmbiguousAssetError(NotFoundError):
    """Several assets fit the words."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} could be any of {count} assets. Give its id or its whole path."
    )


@contextmanager
def opened(open_store: "OpenStore | None" = None) -> Iterator[Parts]:
    """The profile for questions and small durable writes; a window may be open beside it."""
    home = profile_home()
    with build(home, open_store=open_store or key_store(home)) as parts:
        yield parts


@contextmanager
def working(
    hear: Callable[[Event], None] | None = None,
    *,
    only_sending: bool = False,
    open_store: "OpenStore | None" = None,
) -> Iterator[tuple[Parts, bool]]:
    """The profile with its worker running here; or, if a window is open, with that one's.

    The second value says whether the worker is ours. `hear` gets all its events. With
    `only_sending`, services and environments are not looked at, unless masters live at one.
    """
    home = profile_home()
    try:
        with sole_worker(home), opened(open_store) as parts, _service(parts):
            if hear is not None:
                parts.worker.listen(hear)
            if only_sending and not parts.worker.has_services():
                parts.worker.start_sending()
            else:
                parts.worker.start()
            yield parts, True
    except AlreadyOpenError:
        with opened(open_store) as parts:
            yield parts, False


@contextmanager
def _service(parts: Parts) -> Iterator[None]:
    """The sandbox, where it is the account in use."""
    account = parts.worker.current_account()
    if account is None or account.environment != DEMO_CLOUD:
        yield
        return
    # The sandbox's server takes half a second to load, and few commands need it.
    from bridge_app.app.demo import Demo  # noqa: PLC0415
    from bridge_app.app.demo_profile import recipes  # noqa: PLC0415

    demo = Demo(parts, recipes=recipes(), now=utc_now)
    demo.connect()
    try:
        yield
    finally:
        demo.close()


def wait_until(holds: Callable[[], bool]) -> None:
    """Look at a condition until it holds; an interrupt from the keyboard ends it."""
    pause = threading.Event()
    while not holds():
        pause.wait(LOOK_EVERY_S)


class Scans:
    """Tells of scans on a terminal, and remembers which libraries were not looked through."""

    def __init__(self) -> None:
        self.cut_short: set[LibraryId] = set()

    def hear(self, event: Event) -> None:
        """Take note of an event of the worker."""
        if not isinstance(event, ScanProgress):
            return
        if event.trouble is not None:
            note(event.trouble.sentence())
            if event.trouble.kind not in FINISHED_ALL_THE_SAME:
                self.cut_short.add(event.library)
        elif sys.stderr.isatty():
            sys.stderr.write(f"\r{event.found} files found, {event.read} read ")
            sys.stderr.flush()


FINISHED_ALL_THE_SAME = (
    ManyGoneError.__name__,
    "ManyGoneFromShelterError",
    WatchLimitedError.__name__,
)
"""Trouble that a person has to know of, although the look came to its end."""


def current_environment(parts: Parts) -> str | None:
    """The product environment whose copies are shown."""
    account = parts.worker.current_account()
    return account.environment if account else None


def chosen_assets(parts: Parts, names: Sequence[str]) -> list[Asset]:
    """The assets that words name: an id or its beginning, a path, a file's name, or a public ID.

    Raises NotFoundError or AmbiguousAssetError.
    """
    environment = current_environment(parts)
    with parts.stock.readers.lent() as reader:
        return [_chosen(parts, reader, name, environment) for name in names]


def _chosen(parts: Parts, reader: CatalogReader, name: str, environment: str | None) -> Asset:
    located = parts.worker.locate([Path(name)]) if Path(name).exists() else []
    ids = located or [AssetId(name)]
    found = reader.assets(ids, environment=environment)
    if found:
        return found[0]
    at_path = [reader.at_path(library.id, name) for library in parts.worker.libraries()]
    exact = reader.assets([asset for asset in at_path if asset], environment=environment)
    if not exact and "//" in name:
        exact = _delivered_at(reader, name, environment)
    if not exact:
        query = Query(text=name.rpartition("/")[2], environment=environment)
        wide = reader.page(query, offset=0, limit=500, now=utc_now())
        exact = [asset for asset in wide if asset.name == name]
    fits = exact or _by_id(reader, name, environment) or _by_public_id(reader, name, environment)
    if len(fits) > 1:
        raise AmbiguousAssetError(what=name, count=len(fits))
    if not fits:
        raise NotFoundError(what=name)
    return fits[0]


def _delivered_at(reader: CatalogReader, url: str, environment: str | None) -> list[Asset]:
    """What an address delivers: masters, or where there are none, the cloud's own assets."""
    found = reader.page(Query(text=url, environment=environment), offset=0, limit=9, now=utc_now())
    masters = [asset for asset in found if environment_of(asset.library) is None]
    return masters or found


def _by_public_id(reader: CatalogReader, name: str, environment: str | None) -> list[Asset]:
    """The mirrored assets of the environment in use that have this public ID."""
    named = reader.cloud_named(environment, name) if environment else []
    return reader.assets(named, environment=environment)


def _by_id(reader: CatalogReader, start: str, environment: str | None) -> list[Asset]:
    """Assets whose id begins with these characters."""
    ids = reader.ids_beginning(start) if len(start) >= SHORTEST_ID else []
    return reader.assets(ids, environment=environment)
