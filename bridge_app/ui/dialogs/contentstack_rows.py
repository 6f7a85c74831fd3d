"""A row for each locale of a stack, with the renditions that can be chosen for it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from bridge_app.domain.contentstack_offers import Offer, StackLocale
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.seeing_scroll import SeeingScroll
from bridge_app.ui.parts.still_box import StillBox
from bridge_app.ui.stack_wording import offer_note, offer_text

BESIDE_PX = 10
"""Between a label and its field."""
EXPLAINED = 3
"""So many renditions that cannot be chosen are explained below the rows; tooltips tell of all."""
NARROWEST_PX = 320


class LocaleRows(QWidget):
    """What may not be published is shown, cannot be chosen, and says why."""

    chosen = Signal()
    """A person chose something, or it was proposed anew."""

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[Offer] = ()
        self._touched = False
        self._model = QStandardItemModel(self)
        self.fields: dict[str, QComboBox] = {}
        self._form = Form()
        self._form.setHorizontalSpacing(BESIDE_PX)
        self._form.setFieldGrowthPolicy(Form.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._reasons = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._reasons.setProperty("tone", "muted")
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.addLayout(self._form)
        within.addWidget(self._reasons)
        within.addStretch(1)
        area = SeeingScroll()
        area.setWidget(inside)
        area.setAccessibleName(self.tr("Locales"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    @property
    def labels(self) -> list[QWidget]:
        """What stands before the fields."""
        return [self._form.labelForField(field) for field in self.fields.values()]

    def show_locales(self, locales: Sequence[StackLocale], offers: Sequence[Offer]) -> None:
        """Ask about these; nothing is chosen yet."""
        self._offers, self._touched = offers, False
        self._fill()
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        for one in locales:
            field = StillBox()
            field.setModel(self._model)
            field.setMinimumWidth(NARROWEST_PX)
            field.activated.connect(self._choose)
            label = QLabel(isolated(one_line(f"{one.name} ({one.code})")))
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            self.fields[one.code] = field
            self._form.addRow(label, field)
        self._explain()

    def propose(self, found: Mapping[str, Offer]) -> None:
        """Choose these, unless a person has chosen something."""
        if self._touched:
            return
        for code, field in self.fields.items():
            offer = found.get(code)
            field.setCurrentIndex(1 + self._offers.index(offer) if offer in self._offers else 0)
        self.chosen.emit()

    def wanted(self) -> dict[str, Offer]:
        """What is chosen, by the code of the locale."""
        rows = {code: field.currentIndex() for code, field in self.fields.items()}
        return {code: self._offers[row - 1] for code, row in rows.items() if row > 0}

    def _fill(self) -> None:
        self._model.clear()
        self._model.appendRow(QStandardItem(self.tr("Leave as it is")))
        for offer in self._offers:
            item = QStandardItem(offer_text(offer))
            item.setToolTip(offer_note(offer))
            item.setEnabled(offer.error is None)
            item.setData(offer_note(offer), Qt.ItemDataRole.AccessibleDescriptionRole)
            self._model.appendRow(item)

    def _explain(self) -> None:
        refused = [one for one in self._offers if one.error is not None]
        notes = dict.fromkeys(map(offer_note, refused))
        self._reasons.setText("\n".join(list(notes)[:EXPLAINED]))
        self._reasons.setVisible(bool(notes))

    def _choose(self) -> None:
        self._touched = True
        self.chosen.emit()
