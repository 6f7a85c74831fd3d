"""A place in the tab key's way for what comes later."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class TabPlace(QWidget):
    """Never seen. Put it into the layout where those will stand that the tab key is to lead to.

    Qt puts what is made later at the end of the way, wherever it stands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVisible(False)

    def lead_to(self, *stops: QWidget) -> None:
        """From here to these, in this order; all of them must be in one window by now."""
        for one, other in pairwise((self, *stops)):
            QWidget.setTabOrder(one, other)


def lead_before(part: QWidget, *stops: QWidget) -> None:
    """Right before `part`, which hands the keyboard on: Qt passes over what is before its proxy."""
    before: QWidget | None = part
    while before is not None and (
        before is part or before in stops or before.focusPolicy() is Qt.FocusPolicy.NoFocus
    ):
        before = before.previousInFocusChain()
    for one, other in pairwise((before or part, *stops)):
        QWidget.setTabOrder(one, other)
