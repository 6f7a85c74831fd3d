"""The window's right side: what is chosen, large, with its facts and the review buttons."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.ui.actions import Actions
from bridge_app.ui.asker import Asker
from bridge_app.ui.delegates.badges import APPROVAL_ICONS, pushed_sign, signs
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import bytes_text, clock_text, format_text, one_line, pixels_text
from bridge_app.ui.panels.details import DetailsPanel
from bridge_app.ui.panels.file_tools import FileTools
from bridge_app.ui.panels.history import HistoryPanel
from bridge_app.ui.panels.metadata_panel import MetadataPanel
from bridge_app.ui.panels.metadata_undo import EditUndo
from bridge_app.ui.panels.related_card import RelatedCard
from bridge_app.ui.panels.renditions import RenditionsPanel
from bridge_app.ui.panels.shelter_card import ShelterCard
from bridge_app.ui.panels.summary import SummaryPanel
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.picture import Picture
from bridge_app.ui.parts.rule import Rule, with_gap
from bridge_app.ui.parts.state_pills import StatePills
from bridge_app.ui.theme import Badge
from bridge_app.work.worker import Worker

PICTURE_PX = (84, 420)
BELOW_PX = 400
"""What stands below the picture, with some lines of its tabs."""
MARGIN_PX = 16


class Forms(NamedTuple):
    """The metadata of one asset, and of several, and who takes back what is edited there."""

    undo: EditUndo
    of_one: MetadataPanel
    of_several: MetadataPanel


class InspectorPanel(QFrame):
    """Shows one asset, the sum of several, or a hint when nothing is chosen.

    Args:
        renditions: The tab with what is delivered.
        forms: What is edited, and what takes that back.
        actions: Those that decide have a button, and so has the one that opens the studio.
    """

    lookWanted = Signal()

    def __init__(
        self,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        renditions: RenditionsPanel,
        forms: Forms,
        actions: Actions,
    ) -> None:
        super().__init__()
        self._worker = worker
        self._looks = looks
        self._asset: Asset | None = None
        self._picture = Picture(looks.theme, looks.icons, looks.pixels)
        self._name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._facts = ElidedLabel()
        self._pills = StatePills(looks.theme, looks.icons)
        self._buttons: list[tuple[QPushButton, Approval]] = []
        self._one, self._many, self._none = QWidget(), QWidget(), QWidget()
        self._pages = QStackedWidget()
        self.details = DetailsPanel(looks.theme, looks.icons, now=looks.now)
        self.files = FileTools(worker.leaving, asker, looks.theme, looks.icons)
        self.details.add_file_tools(self.files)
        self.shelter = ShelterCard(worker, asker, looks.theme, looks.icons)
        self.related = RelatedCard(worker, asker, looks)
        self.details.add_card(self.shelter)
        self.details.add_card(self.related)
        self.renditions = renditions
        self.undo, self.metadata, self.metadata_of_several = forms
        self._history = HistoryPanel(worker, asker, looks.theme, looks.icons)
        self._summary = SummaryPanel(asker, looks)
        self._tabs = QTabBar()
        self._tabs.setProperty("tight", True)  # noqa: FBT003 - Qt's own
        self._tab_pages = QStackedWidget()
        self._studio = QToolButton()
        self._studio.setDefaultAction(actions.studio)
        self._build(actions.review)
        looks.theme.changed.connect(self._dress)
        self._dress()
        self.show_nothing()

    @property
    def asset(self) -> Asset | None:
        """The one asset that is shown; None if it is none or several."""
        return self._asset

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self._asset = None
        self._pages.setCurrentWidget(self._none)
        self.files.show_asset(None)
        self.shelter.show_asset(None)
        self.related.show_asset(None)
        self.metadata.show_assets(())
        self.metadata_of_several.show_assets(())
        self.renditions.show_asset(None)
        self._history.show_asset(None)

    def show_asset(self, asset: Asset, path: str) -> None:
        """Exactly this one is chosen, or it is as it was chosen but something about it is new."""
        is_new = self._asset is None or self._asset.id != asset.id
        before, self._asset = self._asset, asset
        self._pages.setCurrentWidget(self._one)
        self._picture.show_asset(asset)
        self._name.setText(one_line(asset.name))
        self._facts.setText(_facts(asset))
        self._show_pills(asset)
        if is_new or asset != before:
            self.details.show_asset(asset, path)
            self.files.show_asset(asset.id)
            self.shelter.show_asset(asset)
            self.related.show_asset(asset)
            self.metadata.show_assets((asset.id,))
            self.metadata_of_several.show_assets(())
            self.renditions.show_asset(asset)
            self._history.show_asset(asset)

    def show_several(self, count: int, ids: Sequence[AssetId], *, environment: str | None) -> None:
        """So many are chosen; `ids` is empty while they are not all known."""
        self._asset = None
        self._pages.setCurrentWidget(self._many)
        self._summary.show_assets(count, ids, environment=environment)
        self.metadata.show_assets(())
        self.metadata_of_several.show_assets(ids)
        self.renditions.show_asset(None)
        self._history.show_asset(None)

    def take_changes(self, changes: ChangeSet) -> None:
        """What assets say was edited, delivered, or seen anew, and where they went."""
        self.metadata.take_changes(changes)
        self.metadata_of_several.take_changes(changes)
        self.files.take_changes(changes)
        self.shelter.take_changes(changes)
        self.related.take_changes(changes)
        self._history.take_changes(changes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the picture keeps the shape of most photographs."""
        super().resizeEvent(event)
        least, most = PICTURE_PX
        wanted = (self.width() - 2 * MARGIN_PX) * 2 // 3
        # As high as its words ask for, it may be higher than the window.
        height = min(self.height(), self.window().height())
        room = min(height // 3, height - BELOW_PX)
        self._picture.setFixedHeight(max(least, min(wanted, room, most)))

    def _build(self, review: Sequence[tuple[Approval, QAction]]) -> None:
        self.setProperty("surface", "panel")
        self._name.setProperty("tone", "strong")
        self._facts.setProperty("tone", "muted")
        self._picture.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture.setToolTip(self.tr("Show it large (space)"))
        self._picture.clicked.connect(self.lookWanted)
        # From the outside in: what moves into another parent is styled anew with all that is in it.
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        for view in (self._none, self._one, self._many):
            self._pages.addWidget(view)
        self._build_one(review)
        tabs: tuple[tuple[QWidget, str], ...] = (
            (self.details, self.tr("Details")),
            (self.metadata, self.tr("Metadata")),
            (self.renditions, self.tr("Renditions")),
            (self._history, self.tr("History")),
        )
        for page, title in tabs:
            self._tabs.addTab(title)
            self._tab_pages.addWidget(page)
        self._tabs.setExpanding(False)
        # Where words are long they are shortened: all four stay in sight.
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setAccessibleName(self.tr("About the asset"))
        self._tabs.currentChanged.connect(self._tab_pages.setCurrentIndex)
        self._build_many(review)
        self._build_none()

    def _build_one(self, review: Sequence[tuple[Approval, QAction]]) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, 0)
        head.setSpacing(0)
        head.addWidget(self._picture)
        head.addSpacing(12)
        name = QHBoxLayout()
        name.addWidget(self._name, 1)
        name.addWidget(self._studio)
        head.addLayout(name)
        head.addWidget(self._facts)
        head.addSpacing(10)
        head.addWidget(self._pills)
        head.addSpacing(12)
        head.addLayout(self._built_buttons(review))
        head.addSpacing(8)
        head.addWidget(self._tabs)
        layout = QVBoxLayout(self._one)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Rule(self._looks.theme))
        layout.addWidget(self._tab_pages, 1)

    def _build_many(self, review: Sequence[tuple[Approval, QAction]]) -> None:
        layout = QVBoxLayout(self._many)
        layout.setContentsMargins(0, 22, 0, 0)
        layout.setSpacing(16)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        head.setSpacing(16)
        head.addWidget(self._summary)
        head.addLayout(self._built_buttons(review))
        layout.addLayout(head)
        layout.addWidget(Rule(self._looks.theme))
        layout.addWidget(self.metadata_of_several, 1)

    def _build_none(self) -> None:
        hint = QLabel(
            self.tr("Choose an asset to see it large, with its facts, its review and its rights."),
            wordWrap=True,
        )
        hint.setProperty("tone", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self._none)
        layout.setContentsMargins(40, MARGIN_PX, 40, MARGIN_PX)
        layout.addStretch(2)
        layout.addWidget(hint)
        layout.addStretch(3)

    def _built_buttons(self, review: Sequence[tuple[Approval, QAction]]) -> QHBoxLayout:
        """One button for each decision; its short words, and the action's tool tip."""
        words = {
            Approval.APPROVED: self.tr("Approve"),
            Approval.CHANGES_REQUESTED: self.tr("Changes"),
            Approval.REJECTED: self.tr("Reject"),
        }
        line = QHBoxLayout()
        line.setSpacing(6)
        for approval, action in review:
            button = QPushButton(with_gap(words[approval]))
            button.setProperty("tight", True)  # noqa: FBT003 - Qt's own
            button.setIconSize(QSize(16, 16))
            button.setToolTip(action.toolTip())
            button.setAccessibleName(unmarked(action.text()).rstrip("…"))
            button.clicked.connect(action.trigger)
            self._buttons.append((button, approval))
            line.addWidget(button, 1)
        return line

    def _show_pills(self, asset: Asset) -> None:
        tokens = self._looks.theme.tokens
        pills = signs(asset, self._looks.now(), tokens)
        self._pills.show_signs([*pills, *([pushed_sign(tokens)] if asset.cloud else [])])

    def _dress(self) -> None:
        tokens = self._looks.theme.tokens
        if self._asset is not None:
            self._show_pills(self._asset)
        inks: dict[Approval, Badge] = {
            Approval.APPROVED: tokens.positive,
            Approval.CHANGES_REQUESTED: tokens.info,
            Approval.REJECTED: tokens.negative,
        }
        for button, approval in self._buttons:
            ink = inks[approval].soft_ink
            button.setIcon(self._looks.icons.icon(APPROVAL_ICONS[approval], colour=ink, size_px=16))


def _facts(asset: Asset) -> str:
    """Type, dimensions as shown, duration, size: one line under the name."""
    size = asset.display_size
    parts = [
        format_text(asset),
        *([pixels_text(size)] if size else []),
        *([clock_text(asset.duration_s)] if asset.duration_s is not None else []),
        bytes_text(asset.bytes),
    ]
    return "  ·  ".join(parts)
