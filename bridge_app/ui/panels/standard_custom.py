"""The custom fields of a service's masters, as one more group of the form."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from bridge_app.domain.custom_fields import CustomFields, as_field, custom_name, custom_path
from bridge_app.domain.edits import FieldPath
from bridge_app.domain.standard_fields import StandardField
from bridge_app.ui.icons import Icons
from bridge_app.ui.panels.standard_group import StandardGroup
from bridge_app.ui.panels.standard_rows import StandardRow
from bridge_app.ui.panels.standard_sheet import MasterSheet
from bridge_app.ui.theme import Theme

GROUP = "custom"
"""How it is remembered that the group is open."""


class CustomGroup(StandardGroup):
    """Rows come when their fields are known; nothing is shown where there are none.

    A row that somebody is at keeps its options until that is finished.

    Args:
        new_row: Makes a row and hears it.
    """

    def __init__(
        self,
        theme: Theme,
        icons: Icons,
        *,
        title: str,
        new_row: Callable[[FieldPath, StandardField], StandardRow],
    ) -> None:
        self._rows: dict[FieldPath, StandardRow] = {}
        self._new_row = new_row
        self._defined: CustomFields = {}
        self._sheet = MasterSheet()
        super().__init__(theme, icons, title=title, make=self._made)
        self.setVisible(False)
        self.opened.connect(self._fill)

    @property
    def rows(self) -> Mapping[FieldPath, StandardRow]:
        """The rows that are shown."""
        return {path: row for path, row in self._rows.items() if not row.isHidden()}

    def offer(self, fields: CustomFields) -> None:
        """These are defined where the masters lie."""
        self._defined = fields
        self._tell(new=False)

    def show_sheet(self, sheet: MasterSheet) -> None:
        """What the chosen masters say in them."""
        self._sheet = sheet
        self._tell(new=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the keyboard goes from a row."""
        if event.type() is QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._renew)
        return super().eventFilter(watched, event)

    def _tell(self, *, new: bool) -> None:
        said = [path for path in self._sheet.fields if custom_name(path)]
        self.show_count(len(said))
        self.setVisible(bool(self._sheet.accounts and (said or self._defined)))
        if self.is_open:
            self._fill(new=new)

    def _made(self, layout: QVBoxLayout) -> None:
        """Nothing but rows."""

    def _renew(self) -> None:
        """Rows that were kept for somebody may have other options now."""
        self._fill(new=False)

    def _fill(self, *, new: bool = True) -> None:
        """Show the rows; what stands in them stays where the sheet is not `new`."""
        if self.body is None:
            return
        said = sorted(path for path in self._sheet.fields if custom_name(path))
        wanted = dict.fromkeys((*map(custom_path, self._defined), *said))
        for place, path in enumerate(wanted):
            options = self._defined.get(custom_name(path), ())
            row = self._row(path, as_field(custom_name(path), options), new=new)
            if self.body.indexOf(row) != place:
                self.body.insertWidget(place, row)
            row.setVisible(True)
        for path, row in self._rows.items():
            row.setVisible(path in wanted)

    def _row(self, path: FieldPath, field: StandardField, *, new: bool) -> StandardRow:
        """The row of a field; another one when other options can be chosen."""
        known = self._rows.get(path)
        if known is not None:
            if new:
                known.show_sheet(self._sheet)
            if known.field == field or known.is_busy:
                return known
            known.setVisible(False)
            known.deleteLater()
        row = self._rows[path] = self._new_row(path, field)
        row.editor.installEventFilter(self)
        row.show_sheet(self._sheet)
        return row
