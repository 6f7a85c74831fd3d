"""What a field mapping would bring to Cloudinary of chosen masters, before anything is sent."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from bridge_app.domain.field_mapping import Place, Target
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.ui.delegates.two_line import TwoLine
from bridge_app.ui.icons import Icons
from bridge_app.ui.mapping_wording import (
    loss_text,
    source_text,
    target_text,
    value_text,
    warning_text,
)
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.models.lines import Line, LineList
from bridge_app.ui.theme import Theme
from bridge_app.work.governance import DryRun

ICONS = {
    Place.TAGS: "tags",
    Place.CONTEXT: "file-text",
    Place.METADATA: "list",
    Place.DISPLAY_NAME: "type",
    Place.ACCESS: "lock",
}


class FieldMappingRun(QWidget):
    """A list for each master: what would be said where, and what would stay behind."""

    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._title = QLabel()
        self._lines = LineList(self)
        self._view = QListView()
        self._view.setModel(self._lines)
        self._view.setItemDelegate(TwoLine(theme, icons, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(self.tr("What would be sent"))
        self._build()

    def show_runs(self, runs: Sequence[DryRun]) -> None:
        """Show what would be sent of these."""
        self._title.setText(self.tr("What would be sent of %Ln master(s)", "", len(runs)))
        many = len(runs) > 1
        self._lines.take([line for run in runs for line in self._told(run, with_name=many)])
        self._view.setFocus()

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self._view, 1)
        layout.addLayout(buttons)

    def _told(self, run: DryRun, *, with_name: bool) -> Iterator[Line]:
        if with_name:
            yield Line(key=run.asset, icon="image", title=one_line(run.name), text="")
        for target, value in _said(run):
            yield Line(
                key=str(target),
                icon=ICONS[target.place],
                title=target_text(target),
                text=one_line(value_text(value)),
            )
        for one in run.left_out:
            why = error_text(one.trouble) if one.trouble else self.tr("There is no such field")
            yield self._note(target_text(Target(place=Place.METADATA, key=one.field)), why)
        for source, loss in run.lost:
            yield self._note(source_text(source), loss_text(loss))
        for source, value in run.differing:
            yield Line(
                key=f"differs {source}",
                icon="git-compare",
                title=source_text(source),
                text=one_line(value_text(value)),
                mark=self.tr("The copy says"),
                tone="info",
            )
        for warning in run.warnings:
            yield self._note(one_line(run.name), warning_text(warning))

    def _note(self, title: str, text: str) -> Line:
        return Line(
            key=title,
            icon="info",
            title=title,
            text=text,
            mark=self.tr("Stays behind"),
            tone="warning",
        )


def _said(run: DryRun) -> Iterator[tuple[Target, FieldValue]]:
    words = run.words
    yield from [(Target(place=Place.TAGS), words.tags)] if words.tags else []
    if words.display_name:
        yield Target(place=Place.DISPLAY_NAME), words.display_name
    for key, text in words.context.items():
        yield Target(place=Place.CONTEXT, key=key), text
    for key, value in words.metadata.items():
        yield Target(place=Place.METADATA, key=key), value
    for rule in words.access_control:
        for key in ("start", "end"):
            if key in rule:
                yield Target(place=Place.ACCESS, key=key), rule[key]
