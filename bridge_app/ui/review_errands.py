"""Opens review mode on assets, on a folder or on a request; one window at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.presets import RenditionPreset
from bridge_app.domain.query import Query
from bridge_app.domain.rendition_sets import PresetLibrary
from bridge_app.storage.search import CatalogReader
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.bridge import WorkerBridge
from bridge_app.ui.looks import Looks
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.browser import BrowserPanel
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.remembering import Remembering
from bridge_app.work.worker import Worker

if TYPE_CHECKING:
    from bridge_app.ui.review.subjects import Subject, Wanted
    from bridge_app.ui.review.window import ReviewWindow

MOST_LISTED = 1000
"""Assets of a folder that are reviewed in one sitting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read for a sitting, and the module that shows it."""

    library: PresetLibrary
    kind: type


class ReviewErrands(QObject):
    """GUI thread only. `opened` tells the window once its pictures are known."""

    opened = Signal(object)  # ReviewWindow
    dragWanted = Signal(object, object)  # QWidget, list[Subject]: dragged out as files

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        remembering: Remembering,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._remembering = remembering
        self._open: ReviewWindow | None = None

    @property
    def window(self) -> "ReviewWindow | None":
        """The review that is open."""
        return self._open

    def serve(
        self,
        actions: Actions,
        selection: AssetSelection,
        browser: BrowserPanel,
        bridge: WorkerBridge,
    ) -> None:
        """Open for what is chosen; where nothing is, for all that is listed."""

        def open_review() -> None:
            if selection.count:
                self.open_assets(selection.ids)
            else:
                self.open_listing(browser.query)

        actions.review_mode.triggered.connect(open_review)
        bridge.changed.connect(self.take_changes)

    def open(self, wanted: "Sequence[Wanted]", *, title: str = "", start: int = 0) -> None:
        """Review exactly these masters and renditions, in their order."""
        items = tuple(wanted)

        def load(found: _Found) -> None:
            from bridge_app.ui.review.subjects import subjects_from  # noqa: PLC0415 - loaded

            def read(reader: CatalogReader) -> "list[Subject]":
                return subjects_from(reader, items, found.library, self._environment())

            self._asker.read(
                read, partial(self._show, found.kind, title, start), self._messages.show_error
            )

        self._load(load)

    def open_assets(self, assets: Sequence[AssetId]) -> None:
        """Review these masters, each with the renditions of the set that is shown elsewhere too."""
        ids = tuple(assets)

        def read(reader: CatalogReader) -> list[Asset]:
            return reader.assets(ids, environment=self._environment())

        self._load(lambda found: self._spread(found, read, ""))

    def open_listing(self, query: Query) -> None:
        """Review everything that is listed, as far as one sitting goes."""
        now = self._looks.now()

        def read(reader: CatalogReader) -> list[Asset]:
            return reader.page(query, offset=0, limit=MOST_LISTED, now=now)

        title = query.folder.rpartition("/")[2]
        self._load(lambda found: self._spread(found, read, title))

    def take_changes(self, changes: ChangeSet) -> None:
        """Something is different, in the review that is open too."""
        if self._open is not None:
            self._open.take_changes(changes)

    def close(self) -> None:
        """Close it with the main window."""
        if self._open is not None:
            self._open.close()

    def _load(self, then: Callable[[_Found], None]) -> None:
        """Read the presets, and load what the window must not wait for."""

        def work() -> _Found:
            # It loads libvips, as the studio does.
            from bridge_app.ui.review.window import ReviewWindow  # noqa: PLC0415

            return _Found(library=self._worker.rendition_presets.library(), kind=ReviewWindow)

        self._asker.ask(work, then, self._messages.show_error)

    def _spread(
        self, found: _Found, read: Callable[[CatalogReader], list[Asset]], title: str
    ) -> None:
        """Each master, and the renditions of the set beside it."""
        from bridge_app.ui.review.subjects import subjects_of  # noqa: PLC0415 - loaded by now

        presets = _presets(found.library, self._remembering.settings.rendition_set)

        def done(assets: list[Asset]) -> None:
            self._show(found.kind, title, 0, subjects_of(assets, presets))

        self._asker.read(read, done, self._messages.show_error)

    def _show(
        self, kind: "type[ReviewWindow]", title: str, start: int, subjects: "Sequence[Subject]"
    ) -> None:
        from bridge_app.ui.review.parts import ReviewSeat  # noqa: PLC0415 - loaded by now

        if not subjects:
            self._messages.say(Tone.INFO, self.tr("There is nothing to review here."))
            return
        self.close()
        seat = ReviewSeat(worker=self._worker, asker=self._asker, looks=self._looks)
        named = title or self.tr("Review")
        review = kind(seat, named, parent=self._window)
        if not title:
            review.setWindowTitle(named)
        review.setGeometry(self._window.geometry())
        review.closed.connect(partial(self._forget, review))
        review.dragWanted.connect(self.dragWanted)
        self._open = review
        review.setWindowState(self._window.windowState())
        review.show()
        review.show_subjects(subjects, start)
        review.raise_()
        review.activateWindow()
        self.opened.emit(review)

    def _forget(self, review: "ReviewWindow") -> None:
        if self._open is review:
            self._open = None
        review.deleteLater()

    def _environment(self) -> str | None:
        account = self._worker.current_account()
        return account.environment if account is not None else None


def _presets(library: PresetLibrary, name: str) -> tuple[RenditionPreset, ...]:
    """The presets of the set that was chosen last, of the first one, or all where there is none."""
    one = library.sets.get(name) or next(iter(library.sets.values()), None)
    names = one.presets if one is not None else tuple(library.presets)
    return tuple(library.presets[each] for each in names if each in library.presets)
