"""Brings pictures to the stage: the current one, those beside it, and what it is compared with."""

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.delegates.badges import approval_sign
from bridge_app.ui.looks import Looks
from bridge_app.ui.review.comparing import Against, Look
from bridge_app.ui.review.earlier import Earlier
from bridge_app.ui.review.entries import rendition_name
from bridge_app.ui.review.filming import Filming
from bridge_app.ui.review.panes import Pane
from bridge_app.ui.review.preloading import Preloading, around
from bridge_app.ui.review.rooms import MOST
from bridge_app.ui.review.sitting import Sitting
from bridge_app.ui.review.stage_view import StageView
from bridge_app.ui.review.subjects import Key, Subject
from bridge_app.work.renditions import measured

REST_MS = 400
"""Looked at so long, a picture is made from its master's own pixels."""
UNKNOWN = (1200, 900)
"""The shape of a picture of which nothing is known yet."""


class StageFeed(QObject):
    """GUI thread only. Keeps the stage with the sitting, and the next pictures ready."""

    shown = Signal()  # the stage shows something else, or the same better

    def __init__(
        self,
        sitting: Sitting,
        pictures: Preloading,
        earlier: Earlier,
        filming: Filming,
        stage: StageView,
        looks: Looks,
    ) -> None:
        super().__init__(stage)
        self._sitting = sitting
        self._pictures = pictures
        self._earlier = earlier
        self._filming = filming
        self._stage = stage
        self._looks = looks
        self._against = Against.EARLIER
        self._sizes: dict[Key, tuple[int, int]] = {}
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._want_real)
        sitting.moved.connect(self.show)
        sitting.told.connect(self._told)
        pictures.arrived.connect(self._arrived)
        pictures.failed.connect(self._arrived)
        earlier.arrived.connect(self._arrived)
        filming.arrived.connect(self._arrived)
        stage.viewChanged.connect(self._rest.start)

    @property
    def against(self) -> Against:
        """What is compared with."""
        return self._against

    def set_against(self, against: Against) -> None:
        """Compare with something else."""
        self._against = against
        self.show()

    def show(self) -> None:
        """Show what the sitting is at, and have its neighbours made."""
        subject = self._sitting.subject
        self._fill(subject)
        self._rest.stop()
        if subject is None:
            return
        self._pictures.want(self.wanted())
        self._rest.start()

    def wanted(self) -> list[Subject]:
        """What is on the stage, and what will be; the most urgent first."""
        sitting = self._sitting
        first = self._beside() if self._stage.look is Look.BESIDE else []
        if self._stage.look.compares and self._against is Against.MASTER and sitting.subject:
            first.append(_master(sitting.subject))
        near = around(sitting.subjects, sitting.row, onward=sitting.onward)
        return list({one.key: one for one in (*near[:1], *first, *near)}.values())

    def stop(self) -> None:
        """Nothing more is made sharper."""
        self._rest.stop()

    def _fill(self, subject: Subject | None) -> None:
        if subject is None:
            self._stage.show_panes((), 0)
            self._stage.show_before(None)
            return
        beside = self._beside() if self._stage.look is Look.BESIDE else [subject]
        keys = [one.key for one in beside]
        self._stage.show_panes([self._pane(one) for one in beside], keys.index(subject.key))
        self._stage.show_before(self._before(subject) if self._stage.look.compares else None)
        self.shown.emit()

    def _beside(self) -> list[Subject]:
        """The master and the renditions of the current asset: no more than can be seen well."""
        subject = self._sitting.subject
        if subject is None:
            return []
        found = self._sitting.renditions(subject.asset.id)
        renditions = [one for one in found if not one.is_master]
        place = next((at for at, one in enumerate(renditions) if one.key == subject.key), 0)
        first = max(0, min(place - 2, len(renditions) - (MOST - 1)))
        return [_master(subject), *renditions[first : first + MOST - 1]]

    def _before(self, subject: Subject) -> Pane:
        if self._against is Against.EARLIER:
            return self._earlier.pane(subject)
        return self._pane(_master(subject))

    def _pane(self, subject: Subject) -> Pane:
        state = self._sitting.state(subject)
        tokens = self._looks.theme.tokens
        shown = self._filming.shown(subject.key) or self._pictures.shown(subject)
        size = shown.size if shown is not None else self._size(subject)
        return Pane(
            key=subject.key,
            label=rendition_name(subject),
            size=QSizeF(max(1, size[0]), max(1, size[1])),
            sign=approval_sign(state.approval, tokens, lapsed=state.lapsed) if state else None,
            shown=shown,
            small=self._pictures.small(subject),
            note=self._pictures.trouble(subject),
        )

    def _size(self, subject: Subject) -> tuple[int, int]:
        """How large a picture will be, by the rules alone; so that nothing jumps when it comes."""
        if subject.key not in self._sizes:
            master = subject.asset.display_size or UNKNOWN
            try:
                found = measured(subject.asset, subject.transformation, "")
            except BridgeError:
                self._sizes[subject.key] = master
            else:
                size = (found.width, found.height)
                self._sizes[subject.key] = size if all(size) else master
        return self._sizes[subject.key]

    def _arrived(self, key: Key) -> None:
        before = self._stage.before
        on_stage = {pane.key for pane in self._stage.panes}
        if key in on_stage or (before is not None and before.key == key):
            self._fill(self._sitting.subject)

    def _told(self, keys: frozenset[Key]) -> None:
        if keys & {pane.key for pane in self._stage.panes}:
            self._fill(self._sitting.subject)

    def _want_real(self) -> None:
        subject = self._sitting.subject
        if subject is not None and self._pictures.shown(subject) is not None:
            self._pictures.want_real(subject)


def _master(subject: Subject) -> Subject:
    return subject if subject.is_master else Subject(asset=subject.asset)
