"""What a sync of masters with their copies would change, on both sides, before it is done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.field_sync import SyncChange, Towards
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.mapping_wording import source_text, towards_text, value_text, why_text
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.theme import Theme

ICONS = {Towards.MASTER: "library", Towards.CLOUD: "cloud-upload", Towards.NOBODY: "git-compare"}
TONES = {Towards.MASTER: "info", Towards.CLOUD: "info", Towards.NOBODY: "warning"}


class FieldMappingSync(QWidget):
    """A line for each value that would go somewhere; `syncWanted` once a person has read them."""

    backWanted = Signal()
    syncWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._title = QLabel()
        self._words = QLabel(wordWrap=True)
        self.lines = LineList(self)
        self._view = QListView()
        self._view.setModel(self.lines)
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(self.tr("What a sync would change"))
        self.sync = QPushButton(self.tr("&Sync Now"), autoDefault=False)
        self._build()

    def show_changes(self, changes: Sequence[SyncChange]) -> None:
        """Show what would be changed; nothing is, if there is none."""
        asked = sum(one.towards is Towards.NOBODY for one in changes)
        self._title.setText(self.tr("A sync would change %Ln value(s)", "", len(changes) - asked))
        words = self.tr("Masters and copies say the same wherever the mapping carries something.")
        if asked:
            words = self.tr("%Ln of them become conflict(s), which you decide.", "", asked)
        elif changes:
            words = self.tr("Every line is one edit; Undo takes all of them back together.")
        self._words.setText(words)
        self.sync.setEnabled(bool(changes))
        self.lines.take([self._line(one) for one in changes])
        (self._view if changes else self.sync).setFocus()

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self._words.setProperty("tone", "muted")
        self.sync.clicked.connect(self.syncWanted)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addWidget(self._view, 1)
        layout.addLayout(form_foot(back, self.sync))

    def _line(self, one: SyncChange) -> Line:
        before, after = (
            one_line(value_text(value)) or self.tr("(nothing)") for value in (one.before, one.after)
        )
        return Line(
            key=f"{one.asset} {one.source}",
            icon=ICONS[one.towards],
            title=self.tr("{field} of {asset}").format(
                field=source_text(one.source), asset=isolated(one_line(one.name))
            ),
            text=self.tr("“{after}” instead of “{before}”: {why}").format(
                after=after, before=before, why=why_text(one.why)
            ),
            mark=towards_text(one.towards),
            tone=TONES[one.towards],
        )
