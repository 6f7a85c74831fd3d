"""The application as a command has it: opened for reading, or as the worker of the profile."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bridge_app.app.build import (
    DEMO_CLOUD,
    AlreadyOpenError,
    Parts,
    build,
    key_store,
    profile_home,
    sole_worker,
    utc_now,
)
from bridge_app.cli.output import note
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.query import Query
from bridge_app.storage.search import CatalogReader
from bridge_app.work.events import Event, ScanProgress

ID_LENGTH = 32
LOOK_EVERY_S = 0.05


class AmbiguousAssetError(NotFoundError):
    """Several assets fit the words."""

    text = QT_TRANSLATE_NOOP(
        "errors", "{what} could be any of {count} assets. Give its id or its whole path."
    )


@contextmanager
def opened() -> Iterator[Parts]:
    """The profile for questions and small durable writes; a window may be open beside it."""
    home = profile_home()
    with build(home, open_store=key_store(home)) as parts:
        yield parts


@contextmanager
def working() -> Iterator[tuple[Parts, bool]]:
    """The profile with its worker running here; or, if a window is open, with that one's.

    The second value says whether the worker is ours.
    """
    home = profile_home()
    try:
        with sole_worker(home), opened() as parts, _service(parts):
            parts.worker.start()
            yield parts, True
    except AlreadyOpenError:
        with opened() as parts:
            yield parts, False


@contextmanager
def _service(parts: Parts) -> Iterator[None]:
    """The sandbox, where it is the account in use."""
    account = parts.worker.current_account()
    if account is None or account.environment != DEMO_CLOUD:
        yield
        return
    # The sandbox's server takes half a second to load, and few commands need it.
    from bridge_app.app.demo import Demo, recipe  # noqa: PLC0415

    demo = Demo(parts, recipe=recipe(), now=utc_now)
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


def show_scan(event: Event) -> None:
    """Tell of a scan's progress on a terminal."""
    if isinstance(event, ScanProgress) and event.trouble is not None:
        note(event.trouble.sentence())
    elif isinstance(event, ScanProgress) and sys.stderr.isatty():
        sys.stderr.write(f"\r{event.found} files found, {event.read} read ")
        sys.stderr.flush()


def current_environment(parts: Parts) -> str | None:
    """The product environment whose copies are shown."""
    account = parts.worker.current_account()
    return account.environment if account else None


def chosen_assets(parts: Parts, names: Sequence[str]) -> list[Asset]:
    """The assets that words name: an id or its beginning, a path, or a file's name.

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
    wide = reader.page(
        Query(text=name.rpartition("/")[2], environment=environment),
        offset=0,
        limit=500,
        now=utc_now(),
    )
    exact = [asset for asset in wide if name in (asset.path, asset.name)]
    fits = exact or _by_id(reader, name, environment)
    if len(fits) > 1:
        raise AmbiguousAssetError(what=name, count=len(fits))
    if not fits:
        raise NotFoundError(what=name)
    return fits[0]


def _by_id(reader: CatalogReader, start: str, environment: str | None) -> list[Asset]:
    """Assets whose id begins with these characters."""
    ids = reader.ids_beginning(start) if len(start) >= 6 else []
    return reader.assets(ids, environment=environment)
