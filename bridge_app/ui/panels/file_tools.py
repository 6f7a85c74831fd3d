"""The buttons that hand a file over, with what the gate says to that, before one is pressed."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import GateRefusalError
from bridge_app.ui.asker import Asker
from bridge_app.ui.icons import Icons
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import clauses_text, error_text
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme
from bridge_app.work.exchange.leaving import Handing, LeavingDesk

SIGN_PX = 16
translate = QCoreApplication.translate  # a name that lupdate knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the gate has against a file, and what a policy keeps from being done with it for that.

    Each refusal is None where nothing is refused.
    """

    reasons: str
    located: GateRefusalError | None
    opened: GateRefusalError | None


class FileTools(QWidget):
    """Whoever acts asks the gate again, so nothing depends on an answer that comes late.

    `note` says why, for those who do not point at a button; whoever shows the buttons places it.
    """

    copyWanted = Signal()
    revealWanted = Signal()
    openWanted = Signal()

    def __init__(self, leaving: LeavingDesk, asker: Asker, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._leaving = leaving
        self._icons = icons
        self._latest = Latest(asker, self)
        self._asset: AssetId | None = None
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.note.setAlignment(leading())
        self.note.setProperty("tone", "muted")
        self.copy, self.reveal, self.open = QToolButton(), QToolButton(), QToolButton()
        self._tools = (
            (self.copy, "copy", translate("DetailsPanel", "Copy the path")),
            (self.reveal, "folder-open", translate("DetailsPanel", "Show in the file manager")),
            (self.open, "external-link", translate("DetailsPanel", "Open the original")),
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for button, _, name in self._tools:
            button.setAccessibleName(name)
            button.setIconSize(QSize(SIGN_PX, SIGN_PX))
            line.addWidget(button)
        self.copy.clicked.connect(self.copyWanted)
        self.reveal.clicked.connect(self.revealWanted)
        self.open.clicked.connect(self.openWanted)
        theme.changed.connect(self._dress)
        self._dress()
        self._show(Foreseen(reasons="", located=None, opened=None))

    def show_asset(self, asset: AssetId | None) -> None:
        """It is about the file of this one from now on."""
        if asset != self._asset:
            self._show(Foreseen(reasons="", located=None, opened=None))
        self._asset = asset
        self._ask()

    def take_changes(self, changes: ChangeSet) -> None:
        """A decision or a policy may have changed what the gate says."""
        if self._asset in changes.assets or changes.listing or changes.accounts or changes.reviews:
            self._ask()

    def _ask(self) -> None:
        asset = self._asset
        if asset is None:
            self._latest.forget()
        else:
            # Where it cannot be known, it is said to whoever acts.
            self._latest.ask(lambda: self._foreseen(asset), self._show, lambda _: None)

    def _foreseen(self, asset: AssetId) -> Foreseen:
        located = opened = None
        reasons = ""
        try:
            reasons = self._leaving.foresee([asset])
        except GateRefusalError as refused:
            located, reasons = refused, str(refused.facts.get("reasons", ""))
        try:
            self._leaving.foresee([asset], Handing.OPENED)
        except GateRefusalError as refused:
            opened = refused
        return Foreseen(reasons=reasons, located=located, opened=opened)

    def _show(self, found: Foreseen) -> None:
        refusals = (found.located, found.located, found.opened)
        for (button, _, name), refusal in zip(self._tools, refusals, strict=True):
            button.setEnabled(refusal is None)
            button.setToolTip(name if refusal is None else error_text(refusal))
        reasons = clauses_text(found.reasons)
        self.note.setText(reasons[:1].upper() + reasons[1:])
        self.note.setVisible(bool(found.reasons))

    def _dress(self) -> None:
        for button, icon, _ in self._tools:
            button.setIcon(self._icons.icon(icon, size_px=SIGN_PX))
