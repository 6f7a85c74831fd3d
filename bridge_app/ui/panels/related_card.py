"""The inspector's card of the assets at Cloudinary that an asset is related to."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Asset
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, environment_of
from bridge_app.domain.cloud_changes import CloudAction, Wish
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.environment_looks import denial_text
from bridge_app.ui.latest import Latest
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.work.worker import Worker

ICON_PX = 18
SMALL_PX = 14


class RelatedCard(QFrame):
    """Hidden unless the asset is at Cloudinary.

    Relations are read when somebody asks for them: each look is a call that counts against the
    environment's hourly limit.
    """

    assetWanted = Signal(str)  # the ID of a related asset
    othersWanted = Signal(object)  # Asset: somebody has to say what it is related to

    def __init__(self, worker: Worker, asker: Asker, looks: Looks) -> None:
        super().__init__()
        self._worker = worker
        self._looks = looks
        self._latest = Latest(asker, self)
        self._changing = Latest(asker, self)
        self._asset: Asset | None = None
        self._batch = ""
        self._icon = QLabel()
        self._trouble = Banner(looks.theme, looks.icons)
        self._list = QVBoxLayout()
        self.show_button = QPushButton(self.tr("Show"), autoDefault=False)
        self.add = QPushButton(self.tr("Relate…"), autoDefault=False)
        self.names: list[str] = []
        self._build()
        looks.theme.changed.connect(self._dress)
        self._dress()
        self.setVisible(False)

    def show_asset(self, asset: Asset | None) -> None:
        """Be ready to tell about this one; nothing for an asset that is not at Cloudinary."""
        if asset is None or environment_of(asset.library) is None:
            self._asset = None
            self._latest.forget()
            self.setVisible(False)
            return
        is_new = self._asset is None or self._asset.id != asset.id
        self._asset = asset
        if is_new:
            self._latest.forget()
            self._changing.forget()
            self._batch = ""
            self._trouble.hush()
            self._clear()
            self.show_button.setVisible(True)
            self.show_button.setEnabled(True)
            self.add.setVisible(False)
        self.setVisible(True)

    def take_changes(self, changes: ChangeSet) -> None:
        """A change that was queued from here may have ended."""
        batch, desk = self._batch, self._worker.cloud_desk
        if batch and changes.jobs:
            self._changing.ask(lambda: desk.ended(batch), self._ended, self._fail)

    def read(self) -> None:
        """Ask the service for the relations of the asset that is shown."""
        asset, desk = self._asset, self._worker.cloud_desk
        if asset is None:
            return
        if self._has_keyboard():
            self.setFocus()  # or what comes next in the window would get it
        self.show_button.setEnabled(False)
        self._latest.ask(lambda: desk.related(asset.id), self._take, self._fail)

    def relate(self, asset_ids: tuple[str, ...]) -> None:
        """Have the asset that is shown related to these."""
        self._change(CloudAction.RELATE, asset_ids)

    def _build(self) -> None:
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Related assets"))
        title = QLabel(self.tr("Related assets"))
        title.setProperty("tone", "strong")
        self.show_button.setAccessibleName(self.tr("Show related assets"))
        self.show_button.clicked.connect(self.read)
        self.add.setAccessibleName(self.tr("Relate other assets to this one"))
        self.add.clicked.connect(self._choose)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(title, 1)
        head.addWidget(self.show_button)
        head.addWidget(self.add)
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._trouble)
        layout.addLayout(self._list)

    def _take(self, related: Sequence[CloudAsset]) -> None:
        had_keyboard = self._has_keyboard()
        self._trouble.hush()
        self._clear()
        self.show_button.setVisible(False)
        self.add.setVisible(True)
        asset = self._asset
        environment = environment_of(asset.library) if asset else None
        permission = self._worker.editing.may_edit(environment or "")
        self.add.setEnabled(not permission.is_denied)
        self.add.setToolTip(denial_text(permission) if permission.is_denied else "")
        if had_keyboard:
            self.add.setFocus()
        self.names = [one.name for one in related]
        for one in related:
            self._list.addWidget(self._row(one, may_end=not permission.is_denied))
        if not related:
            none = QLabel(self.tr("None so far."))
            none.setProperty("tone", "muted")
            self._list.addWidget(none)

    def _row(self, other: CloudAsset, *, may_end: bool) -> QWidget:
        row = QWidget()
        name = QPushButton()
        name.setProperty("kind", "link")
        name.setText(isolated(one_line(other.name)).replace("&", "&&"))
        name.setToolTip(one_line(other.public_id))
        name.clicked.connect(lambda: self.assetWanted.emit(other.id))
        folder = ElidedLabel(one_line(other.asset_folder))
        folder.setProperty("tone", "caption")
        end = QToolButton()
        end.setIcon(self._looks.icons.icon("x", size_px=SMALL_PX))
        end.setIconSize(QSize(SMALL_PX, SMALL_PX))
        end.setEnabled(may_end)
        end.setToolTip(self.tr("No longer related"))
        words = self.tr("End the relation to {name}").format(name=one_line(other.name))
        end.setAccessibleName(words)
        end.clicked.connect(lambda: self._change(CloudAction.UNRELATE, (other.asset_id,)))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(name)
        line.addWidget(folder, 1)
        line.addWidget(end)
        return row

    def _choose(self) -> None:
        if self._asset is not None:
            self.othersWanted.emit(self._asset)

    def _change(self, action: CloudAction, asset_ids: tuple[str, ...]) -> None:
        """Have relations queued like every change at Cloudinary."""
        asset, desk = self._asset, self._worker.cloud_desk
        if asset is None:
            return

        def queue() -> str:
            return desk.carry_out(desk.plan([asset.id], Wish(action=action, values=asset_ids)))

        def queued(batch: str) -> None:
            self._batch = batch
            self._changing.ask(lambda: desk.ended(batch), self._ended, self._fail)

        self._changing.ask(queue, queued, self._fail)

    def _ended(self, jobs: Sequence[object] | None) -> None:
        if jobs is not None:
            self._batch = ""
            self.read()

    def _clear(self) -> None:
        self.names = []
        while (item := self._list.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()

    def _fail(self, error: BridgeError) -> None:
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.show_button.setEnabled(True)
        if self.hasFocus():
            self.show_button.setFocus()

    def _has_keyboard(self) -> bool:
        focused = cast("QWidget | None", self.window().focusWidget())
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    def _dress(self) -> None:
        colour = self._looks.theme.tokens.text_muted
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(self._looks.icons.pixmap("link", colour, ICON_PX, ratio))
