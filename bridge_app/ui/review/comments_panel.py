"""What is said about the picture under review, and on it; and where a new comment is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from bridge_app.domain.assets import Asset, AssetId, Kind
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.comments import Moment, Place, Thread, ThreadId
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.rule import Rule
from bridge_app.ui.pixels import PICTURED
from bridge_app.ui.review.comment_card import Numbered
from bridge_app.ui.review.composer import Composer, Written
from bridge_app.ui.review.pin_paint import Pin
from bridge_app.ui.review.pins import PinOverlay, Tool
from bridge_app.ui.review.thread_list import ThreadList
from bridge_app.ui.theme import Theme
from bridge_app.work.worker import Worker

SETTLE_MS = 90
"""Who pages through pictures does not wait for what was said about those that fly by."""
LEAST_PX = 260
TIMED = frozenset({Kind.VIDEO, Kind.AUDIO})
Subject = tuple[AssetId, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What was read together."""

    threads: Sequence[Thread]
    roles: Sequence[str]


class CommentsPanel(QFrame):
    """Threads about one asset through one transformation; `overlay` shows them on the picture.

    What is written and not sent stays with its picture while others are looked at.
    """

    momentWanted = Signal(float)  # the thread that was chosen is about this moment
    placeWanted = Signal(str)  # "pin", "draw"; "" when the tool is put away
    finished = Signal()  # the keyboard may go back to the picture

    def __init__(self, worker: Worker, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._worker = worker
        self._asker = asker
        self._latest = Latest(asker, self)
        self._asset: Asset | None = None
        self._transformation = ""
        self._roles: Sequence[str] | None = None
        self._unsent: dict[Subject, Written] = {}
        self._moments: dict[str, float] = {}
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._trouble = Banner(theme, icons)
        self.threads = ThreadList(theme, icons)
        self.composer = Composer(theme, icons)
        self.overlay = PinOverlay(theme, self)
        self._build(theme)
        self._connect()
        self.show_subject(None, "")

    @property
    def trouble(self) -> str:
        """What went wrong last; "" if nothing did."""
        return self._trouble.text

    def show_subject(self, asset: Asset | None, transformation: str) -> None:
        """Show what is said about an asset through a transformation ("": the master itself)."""
        before = self._asset
        if before is not None and asset is not None:
            same = (asset.id, asset.picture_key) == (before.id, before.picture_key)
            if same and transformation == self._transformation:
                self._asset = asset
                return
        self._put_aside()
        self._asset, self._transformation = asset, transformation
        self._latest.forget()
        self._settle.stop()
        self._trouble.hush()
        self.overlay.use(Tool.LOOK)
        self._light("")
        self.threads.show_nothing()
        self.composer.restore(self._unsent.get(self._subject(), Written()))
        self.composer.setEnabled(asset is not None)
        kind = asset.kind if asset is not None else Kind.OTHER
        duration_s = asset.duration_s if asset is not None else None
        self.composer.offer(places=kind in PICTURED, moments=kind in TIMED, duration_s=duration_s)
        self._show_draft()
        if asset is not None:
            self._settle.start()

    def take_changes(self, changes: ChangeSet) -> None:
        """Somebody may have said something."""
        if changes.reviews:
            self._roles = None
        if self._asset is not None and (changes.reviews or self._asset.id in changes.assets):
            self._settle.start()

    def follow(self, seconds: float) -> None:
        """The film stands at this moment: what is written is about it."""
        self.composer.follow(seconds)

    def begin(self) -> None:
        """Let a comment be written."""
        self.composer.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def pin(self) -> None:
        """Let a place be chosen on the picture for the comment being written."""
        self._use(Tool.PIN)

    def draw(self) -> None:
        """Let lines be drawn for the comment being written."""
        self._use(Tool.DRAW)

    # Built once

    def _build(self, theme: Theme) -> None:
        self.setProperty("surface", "panel")
        self.setMinimumWidth(LEAST_PX)
        self.setAccessibleName(self.tr("Comments"))
        said = QVBoxLayout()
        said.setContentsMargins(12, 0, 12, 8)
        said.addWidget(self._trouble)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.threads, 1)
        layout.addLayout(said)
        layout.addWidget(Rule(theme))
        layout.addWidget(self.composer)

    def _connect(self) -> None:
        composer, overlay, threads = self.composer, self.overlay, self.threads
        self._settle.timeout.connect(self._read)
        composer.sendWanted.connect(self._send)
        composer.toolWanted.connect(self._use)
        composer.inkChosen.connect(overlay.set_ink)
        composer.changed.connect(self._show_draft)
        composer.left.connect(self.finished)
        overlay.toolChanged.connect(composer.show_tool)
        overlay.toolChanged.connect(lambda tool: self.placeWanted.emit(tool.value))
        overlay.placed.connect(self._take_place)
        overlay.drawn.connect(composer.add_stroke)
        overlay.chosen.connect(self._light)
        threads.listed.connect(self._show_pins)
        threads.chosen.connect(self._choose)
        threads.replyWanted.connect(self._reply)
        threads.resolveWanted.connect(self._resolve)

    # What is read

    def _read(self) -> None:
        asset, transformation, desk = self._asset, self._transformation, self._worker.reviews
        known = self._roles
        if asset is None:
            return

        def read() -> _Said:
            # Roles are of all requests: who pages does not ask for them again and again.
            roles = desk.roles() if known is None else known
            return _Said(threads=desk.threads(asset.id, transformation), roles=roles)

        def take(said: _Said) -> None:
            self._roles = said.roles
            self.composer.field.offer_roles(said.roles)
            self._moments = {
                one.id: one.first.place.seconds
                for one in said.threads
                if isinstance(one.first.place, Moment)
            }
            self.threads.show_threads(said.threads, asset.picture_key)

        self._latest.ask(read, take, self._fail)

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    # What is seen on the picture

    def _show_pins(self, listed: Sequence[Numbered]) -> None:
        self.overlay.show_pins([_pin(one) for one in listed])

    def _show_draft(self) -> None:
        self.overlay.show_draft(self.composer.written.draft)

    def _light(self, thread: str) -> None:
        """Let a thread stand out here and on the picture."""
        self.overlay.light(thread)
        self.threads.light(thread)

    def _choose(self, thread: str) -> None:
        self._light("" if thread == self.overlay.lit else thread)
        if thread == self.overlay.lit and thread in self._moments:
            self.momentWanted.emit(self._moments[thread])

    def _use(self, tool: Tool) -> None:
        if self._asset is not None and (tool is Tool.LOOK or self._asset.kind in PICTURED):
            self.overlay.use(tool)
            self.composer.show_tool(tool)

    # What a person does

    def _reply(self, thread: str, number: int) -> None:
        self._light(thread)
        self.composer.answer(thread, number)
        self.begin()

    def _resolve(self, thread: str, resolved: bool) -> None:  # noqa: FBT001 - a signal's slot
        desk = self._worker.reviews
        self._asker.ask(
            lambda: desk.resolve(ThreadId(thread), resolved=resolved),
            lambda _: self._settle.start(),
            self._fail,
        )

    def _take_place(self, place: Place) -> None:
        self.composer.set_place(place)
        self.begin()

    # What is written

    def _subject(self) -> Subject:
        return (self._asset.id if self._asset else AssetId(""), self._transformation)

    def _put_aside(self) -> None:
        """Keep what is written with its picture; nothing of a comment gets lost by paging."""
        written = self.composer.written
        if written == Written():
            self._unsent.pop(self._subject(), None)
        elif self._asset is not None:
            self._unsent[self._subject()] = written

    def _send(self, written: Written) -> None:
        asset, transformation, desk = self._asset, self._transformation, self._worker.reviews
        if asset is None:
            return
        subject = self._subject()
        self.overlay.use(Tool.LOOK)
        self.composer.set_busy(on=True)

        def say() -> object:
            return desk.comment(
                asset.id,
                written.text,
                transformation=transformation,
                place=written.place,
                strokes=written.strokes,
                thread=ThreadId(written.thread) if written.thread else None,
            )

        def done(_: object) -> None:
            self._sent(subject)

        def failed(error: BridgeError) -> None:
            self.composer.set_busy(on=False)
            self._fail(error)

        self._asker.ask(say, done, failed)

    def _sent(self, subject: Subject) -> None:
        """It is on disk: only now it may go from where it was written."""
        self.composer.set_busy(on=False)
        self._unsent.pop(subject, None)
        if subject == self._subject():
            self.composer.clear()
            self._show_draft()
            self._trouble.hush()
            self._settle.start()
            self.finished.emit()


def _pin(one: Numbered) -> Pin:
    first = one.thread.first
    place = None if isinstance(first.place, Moment) else first.place
    return Pin(
        thread=one.thread.id,
        number=one.number,
        place=place,
        strokes=tuple(line for comment in one.thread.comments for line in comment.strokes),
        resolved=one.thread.resolved,
        is_earlier=one.is_earlier,
    )
