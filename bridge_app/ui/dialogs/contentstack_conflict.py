"""A picture that an editor changed at Contentstack: both values, and which of them stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.contentstack import EditorConflict
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.parts.form_foot import dialog_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.parts.rule import leading
from bridge_app.ui.theme import Theme

WIDTH_PX = 560


class StackConflictDialog(QDialog):
    """Nothing is chosen beforehand. `decided` tells whether ours is written in theirs' place."""

    decided = Signal(object, bool)  # EditorConflict, is ours wanted

    def __init__(
        self, theme: Theme, icons: Icons, conflict: EditorConflict, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._conflict = conflict
        one = conflict.publication
        self._head = DialogHead(
            theme,
            icons,
            "git-compare",
            title=self.tr("Two pictures for “{field}”").format(field=one_line(one.place.field)),
            text=self.tr(
                "Somebody changed {entry} ({locale}) at Contentstack since it was published. "
                "Nothing was overwritten: choose which picture stays."
            ).format(
                entry=isolated(one_line(one.title or one.place.entry)),
                locale=isolated(one_line(one.place.locale)),
            ),
        )
        self.ours = QRadioButton(self.tr("&Ours, the approved rendition"))
        self.theirs = QRadioButton(self.tr("&Theirs, which is there now"))
        self.keep = QPushButton(self.tr("Keep This"), default=True)
        layout = QVBoxLayout(self)
        self._build(layout)
        self.resize(WIDTH_PX, layout.totalHeightForWidth(WIDTH_PX))

    def _build(self, layout: QVBoxLayout) -> None:
        self.setWindowTitle(self._head.title)
        group = QButtonGroup(self)
        group.buttonClicked.connect(lambda _: self.keep.setEnabled(True))
        self.keep.setProperty("kind", "primary")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._decide)
        later = QPushButton(self.tr("Decide Later"), autoDefault=False)
        later.clicked.connect(self.reject)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        for button, addresses in (
            (self.theirs, self._conflict.theirs),
            (self.ours, self._conflict.ours),
        ):
            group.addButton(button)
            layout.addWidget(self._card(button, addresses))
        layout.addSpacing(4)
        layout.addLayout(dialog_foot(later, self.keep))

    def _card(self, button: QRadioButton, addresses: Sequence[str]) -> QFrame:
        words = "\n".join(map(one_line, addresses)) or self.tr("(no picture)")
        button.setAccessibleDescription(words)
        label = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        # An address has no blanks to break at.
        label.setText("\u200b/".join(words.split("/")))
        label.setAlignment(leading())
        label.setToolTip(words)
        card = QFrame()
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(6)
        inside.addWidget(button)
        inside.addWidget(label)
        return card

    def _decide(self) -> None:
        self.accept()
        self.decided.emit(self._conflict, self.ours.isChecked())
