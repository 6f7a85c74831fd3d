"""The demo's library: a fictional brand's campaign, drawn at first start, whole or not at all."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, InvalidInputError
from bridge_app.sandbox.campaign_files import write_piece
from bridge_app.sandbox.campaign_recipe import Recipe, read_recipe

MARKER = ".campaign.json"  # hidden, so no library lists it; written last
WORKERS = 2  # most of the time goes by inside libvips, which lets other threads run
POLL_S = 0.1


class CampaignCancelledError(BridgeError):
    """Somebody did not want to wait."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The sample library was not finished. Nothing of it was left in {folder}."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the campaign, and what its review would have said."""

    path: str  # below the folder, with `/`
    decision: str  # approved, rejected, changes_requested, in_review or draft
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A finished library on disk."""

    folder: Path
    name: str
    entries: tuple[Entry, ...]


def make_campaign(
    folder: Path,
    *,
    recipe: Path,
    now: datetime,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Campaign:
    """Draw the library of `recipe` into `folder`, or return at once when it is there.

    It is drawn beside `folder` and moved there when complete: a crash leaves no half library.

    Args:
        folder: Does not exist, is empty, or holds this library already.
        recipe: `resources/demo/campaign.toml`.
        now: Aware; dates and rights of the files count from here.
        report: Told how many files of how many are done, in the calling thread.
        cancelled: Asked ten times a second, in the calling thread.

    Raises:
        CampaignCancelledError: `cancelled` said yes; nothing is left on disk.
        InvalidInputError: `folder` holds something else.
    """
    if (folder / MARKER).is_file():
        return _found(folder)
    if folder.exists() and any(folder.iterdir()):
        raise InvalidInputError(what=folder, detail="it holds other files")
    page = read_recipe(recipe, now=now)
    draft = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        _draw(draft, page, report=report, cancelled=cancelled)
        _mark(draft, page)
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _found(folder)


def _draw(
    folder: Path,
    page: Recipe,
    *,
    report: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    pieces = sorted(page.pieces, key=lambda piece: piece.effort, reverse=True)
    stop = Event()
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="campaign") as pool:
        waiting: set[Future[None]] = {
            pool.submit(write_piece, folder, piece, page.brand, stop=stop.is_set)
            for piece in pieces
        }
        try:
            while waiting:
                report(len(pieces) - len(waiting), len(pieces))
                if cancelled():
                    raise CampaignCancelledError(folder=folder.parent)
                done, waiting = wait(waiting, POLL_S, return_when=FIRST_COMPLETED)
                for finished in done:
                    finished.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)
    report(len(pieces), len(pieces))


def _mark(folder: Path, page: Recipe) -> None:
    rows = [
        {"path": str(piece.path), "decision": piece.decision, "comment": piece.comment}
        for piece in page.pieces
    ]
    kept = {"name": f"{page.brand.name} – {page.brand.campaign}", "entries": rows}
    (folder / MARKER).write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


def _found(folder: Path) -> Campaign:
    kept = json.loads((folder / MARKER).read_text("utf-8"))
    entries = tuple(Entry(**row) for row in kept["entries"])
    return Campaign(folder=folder, name=kept["name"], entries=entries)
