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


def chain_from(start: QWidget) -> list[QWidget]:
    """All widgets of a window in the tab key's order, from one on: also those it passes over."""
    found = [start]
    while (after := found[-1].nextInFocusChain()) is not None and after is not start:
        found.append(after)
    _keep_apart(found)
    return found


def lead_before(part: QWidget, *stops: QWidget) -> None:
    """Right before `part`, which hands the keyboard on: Qt passes over what is before its proxy."""
    passed = [part]
    while (before := passed[-1].previousInFocusChain()) is not None and before is not part:
        passed.append(before)
        if before not in stops and before.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            break
    _keep_apart(passed)
    for one, other in pairwise((passed[-1], *stops)):
        QWidget.setTabOrder(one, other)


def _keep_apart(chain: list[QWidget]) -> None:
    """Shiboken takes each for a child of the one that told it, and for deleted together with it.

    Told its parent again, each belongs to that one alone. Qt takes that for no change.
    """
    for one in chain:
        one.setParent(one.parentWidget())
