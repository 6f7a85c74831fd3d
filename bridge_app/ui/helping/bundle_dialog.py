"""The diagnostic bundle, every word of it, before it is written."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from bridge_app.domain.errors import BridgeError
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.errand import Errand, Told
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.diagnosis.report import Document, shown_in_full, write_bundle

SIZE_PX = (820, 580)
FILE_NAME = "asset-bridge-diagnosis.zip"


class BundleDialog(QDialog):
    """Shows what `collect` makes (off the GUI thread), and writes exactly that.

    `enlist` gets both errands: they are listed, and can be stopped there.
    """

    def __init__(
        self,
        collect: Callable[[Told], tuple[Document, ...]],
        asker: Asker,
        looks: Looks,
        *,
        enlist: Callable[[Errand], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._enlist = enlist
        self._documents: tuple[Document, ...] = ()
        self._head = DialogHead(
            looks.theme,
            looks.icons,
            "bug",
            title=self.tr("Diagnostic bundle"),
            text=self.tr(
                "This is all of it. Names, paths, addresses and accounts are replaced by words "
                "that only this profile can tell apart; keys are never in it. It is written where "
                "you say, and sent nowhere."
            ),
        )
        self.said = Banner(looks.theme, looks.icons)
        self.shown = QPlainTextEdit(readOnly=True)
        self.save = QPushButton(self.tr("&Save…"), autoDefault=False)
        self._build()
        self._collecting = self._errand(self._head.title)
        self._collecting.carry_out(collect, self._take, self._fail)

    def done(self, result: int) -> None:
        """Qt: the dialog closes; what is still collected for it is of no interest any more."""
        if isValid(self._collecting):
            self._collecting.stop()
        super().done(result)

    def write(self, target: Path) -> None:
        """Write what is shown."""
        documents = self._documents

        def written(_: None) -> None:
            text = self.tr("Written to {name}. Hand it on yourself, if you want to.")
            self.said.say(Tone.POSITIVE, text.format(name=isolated(one_line(target.name))))

        self._errand(one_line(target.name)).carry_out(
            lambda told: write_bundle(target, documents, told), written, self._fail
        )

    def _errand(self, title: str) -> Errand:
        errand = Errand(self._asker, icon="bug", title=title, owner=self)
        self._enlist(errand)
        return errand

    def _build(self) -> None:
        self.setWindowTitle(self._head.title)
        self.resize(*SIZE_PX)
        self.shown.setPlaceholderText(self.tr("Collecting…"))
        self.shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.shown.setAccessibleName(self.tr("What the bundle holds"))
        self.shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.save.setProperty("kind", "primary")
        self.save.setEnabled(False)
        self.save.clicked.connect(self._choose)
        close = QPushButton(self.tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.said)
        layout.addWidget(self.shown, 1)
        layout.addLayout(foot)

    def _take(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        self.shown.setPlainText(shown_in_full(documents))
        self.save.setEnabled(True)

    def _fail(self, error: BridgeError) -> None:
        self.said.say(Tone.NEGATIVE, error_text(error))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the diagnostic bundle"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        open_dialog(dialog)
