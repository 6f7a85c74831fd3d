"""One row of the field mapping as a form: what of the master goes where, and which way."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.field_mapping import Direction, FieldMapping, Leads, MappingRow, Target
from bridge_app.domain.mapping_checks import validate
from bridge_app.domain.mapping_sources import CUSTOM, SOURCES
from bridge_app.ui.icons import Icons
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.mapping_wording import (
    direction_text,
    fault_text,
    leads_text,
    loss_text,
    source_text,
)
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.theme import Theme


class FieldMappingRow(QWidget):
    """`entered` tells a row that can be used, and the one it takes the place of.

    `leadsChosen` tells before what leads for its source in the environment, None: as everywhere.
    """

    entered = Signal(object, object)  # MappingRow, MappingRow or None
    leadsChosen = Signal(str, object)  # source, Leads or None
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._before: MappingRow | None = None
        self._title = QLabel()
        self._source = EditableBox()
        self._way = StillBox()
        self._targets = QLineEdit()
        self.leads, self.leads_here = StillBox(), StillBox()
        self._here = QLabel()
        self._said = Banner(theme, icons)
        self._keep = QPushButton(self.tr("Use"), autoDefault=False)
        self._build()

    def show_row(
        self,
        row: MappingRow | None,
        mapping: FieldMapping,
        *,
        environment: str = "",
        custom: Iterable[str] = (),
    ) -> None:
        """Edit this row of a mapping; None begins a new one.

        What leads can be another side in an environment ("" where there is none). `custom` are
        the names of the custom fields that services are known to have.
        """
        self._before = row
        self._title.setText(source_text(row.source) if row else self.tr("New row"))
        self._source.clear()
        taken = {one.source for one in mapping.rows}
        own = (f"{CUSTOM}{name}" for name in sorted(custom))
        for name in (*sorted(SOURCES.keys()), *own):
            if name not in taken:
                self._source.addItem(name)
        self._source.setEditText(row.source if row else "")
        self._source.setEnabled(row is None)
        direction = row.direction if row else Direction.PUSH
        self._way.setCurrentIndex(self._way.findData(direction.value))
        self._targets.setText(" ".join(map(str, row.targets)) if row else "")
        leads = row.leads if row else Leads.MASTER
        self.leads.setCurrentIndex(self.leads.findData(leads.value))
        here = mapping.leads_in.get(environment, {}).get(row.source if row else "")
        self.leads_here.setCurrentIndex(self.leads_here.findData(here.value if here else ""))
        self._here.setText(self.tr("Leads in “{name}”").format(name=environment))
        for part in (self._here, self.leads_here):
            part.setVisible(bool(environment))
        self.leads_here.setAccessibleName(self._here.text())
        self._tell()
        (self._targets if row else self._source).setFocus()

    def row(self) -> MappingRow:
        """What is entered. Raises InvalidInputError for a place that there is not."""
        texts = self._targets.text().replace(",", " ").split()
        return MappingRow(
            source=self._source.currentText().strip(),
            targets=tuple(Target.read(text) for text in texts),
            direction=Direction(self._way.currentData()),
            leads=Leads(self.leads.currentData()),
        )

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self._source.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self._source.lineEdit()
        if line is not None:
            line.setPlaceholderText("keyword:season")
            line.textEdited.connect(self._tell)
        self._source.activated.connect(self._tell)
        for direction in Direction:
            self._way.addItem(direction_text(direction), direction.value)
        self._way.activated.connect(self._tell)
        self.leads_here.addItem(self.tr("As everywhere"), "")
        for leads in Leads:
            self.leads.addItem(leads_text(leads), leads.value)
            self.leads_here.addItem(leads_text(leads), leads.value)
        self._targets.setPlaceholderText("context.title metadata.title:string")
        self._targets.textEdited.connect(self._tell)
        # No default button: the key that opens this page would press it, too.
        self._targets.returnPressed.connect(self._keep.click)
        self._keep.clicked.connect(self._enter)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        form = Form()
        for label, field in (
            (self.tr("&Master"), self._source),
            (self.tr("&Way"), self._way),
            (self.tr("&Cloudinary"), self._targets),
            (self.tr("&Leads"), self.leads),
        ):
            form.addRow(label, field)
            field.setAccessibleName(unmarked(label))
        form.addRow(self._here, self.leads_here)
        hint = QLabel(
            self.tr(
                "Places are tags, display_name, context.KEY, metadata.ID:TYPE (string, integer, "
                "date, enum or set), access.start and access.end, with spaces in between. A master "
                "also has keyword:NAMESPACE and custom:FIELD. Whoever leads has the last word "
                "where both sides were changed since they last agreed."
            ),
            wordWrap=True,
        )
        hint.setProperty("tone", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addWidget(self._said)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self._keep))

    def _tell(self) -> None:
        """Say at once what is wrong with it, or what it would lose."""
        try:
            row = self.row()
        except BridgeError as error:
            self._keep.setEnabled(False)
            self._said.say(Tone.NEGATIVE, error_text(error))
            return
        faults = validate(FieldMapping(rows=(row,))) if row.source else ()
        wrong = [fault for fault in faults if not fault.is_warning]
        self._keep.setEnabled(bool(row.source) and not wrong)
        if wrong:
            text = self.tr("It cannot be so: {reason}.").format(reason=fault_text(wrong[0]))
            self._said.say(Tone.NEGATIVE, text)
        elif faults:
            text = self.tr("It can be so, but: {reason}.").format(reason=fault_text(faults[0]))
            self._said.say(Tone.WARNING, text)
        elif row.source and row.loss is not None:
            text = self.tr("Not all of it can come back: {loss}.").format(loss=loss_text(row.loss))
            self._said.say(Tone.INFO, text)
        else:
            self._said.hush()

    def _enter(self) -> None:
        here = self.leads_here.currentData()
        self.leadsChosen.emit(self.row().source, Leads(here) if here else None)
        self.entered.emit(self.row(), self._before)
