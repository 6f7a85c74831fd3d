"""A form whose labels stand in line with what is written in their fields."""

from PySide6.QtWidgets import QFormLayout, QLabel


class Form(QFormLayout):
    """Qt's form, which lays a label out for a field as low as the system's are.

    Ours are higher. A label that knows it belongs to one takes the height that puts its words
    beside those of the field, or beside the first line of what is higher than one.
    """

    def addRow(self, *row: object) -> None:
        """Qt: a row at the end."""
        super().addRow(*row)  # type: ignore[call-overload]  # any of Qt's own forms of it
        self._dress(self.rowCount() - 1)

    def insertRow(self, place: int, *row: object) -> None:
        """Qt: a row before another one."""
        super().insertRow(place, *row)  # type: ignore[call-overload]
        self._dress(place if 0 <= place < self.rowCount() else self.rowCount() - 1)

    def _dress(self, row: int) -> None:
        item = self.itemAt(row, QFormLayout.ItemRole.LabelRole)
        label = item.widget() if item is not None else None
        if isinstance(label, QLabel):
            label.setProperty("beside", True)  # noqa: FBT003 - Qt's property
