"""What a screen reader is told of a window: every control by name, every row by its words."""

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QTabWidget, QWidget

Role = QAccessible.Role
CONTROLS = frozenset(
    {
        Role.Button,
        Role.ButtonDropDown,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.ComboBox,
        Role.Dial,
        Role.Dialog,
        Role.EditableText,
        Role.Link,
        Role.List,
        Role.ListItem,
        Role.MenuItem,
        Role.PageTab,
        Role.ProgressBar,
        Role.RadioButton,
        Role.Slider,
        Role.SpinBox,
        Role.Table,
        Role.Tree,
        Role.TreeItem,
    }
)
TOGGLES = frozenset({Role.CheckBox, Role.RadioButton})
NEAREST = 4
MOST_ROWS = 60
"""Of a long list so many rows are looked at: they are all made alike."""


def nodes(
    node: QAccessibleInterface, above: QAccessibleInterface | None = None
) -> Iterator[tuple[QAccessibleInterface, QAccessibleInterface | None]]:
    """The node and all below it that can be seen, each with the one above it."""
    if node.state().invisible:
        return
    yield node, above
    rows = node.childCount()
    if node.role() in {Role.List, Role.Tree, Role.Table}:
        rows = min(rows, MOST_ROWS)
    for number in range(rows):
        child = node.child(number)
        if child is not None:
            yield from nodes(child, node)


def faults_in_names(window: QWidget) -> Iterator[str]:
    """Each control without a name, painted things that nobody tells of, and wrong states."""
    for node, above in nodes(QAccessible.queryAccessibleInterface(window)):
        name = node.text(QAccessible.Text.Name).strip()
        if not name and _needs_name(node):
            yield f"unnamed: {node.role().name} {_place(node, above)}"
        if node.role() in TOGGLES and not node.state().checkable:
            yield f"not checkable: {name} {_place(node, above)}"


def _needs_name(node: QAccessibleInterface) -> bool:
    if node.role() is Role.TreeItem and node.tableCellInterface().columnIndex() > 0:
        return False  # a row is known by its first cell; others may be empty
    if node.role() in CONTROLS:
        return True
    # A tab widget hands the keyboard on to its tabs, and a viewport to its view.
    widget = node.object()
    if not isinstance(widget, QWidget) or isinstance(widget, QTabWidget):
        return False
    return bool(node.state().focusable) and not widget.focusProxy()


def _place(node: QAccessibleInterface, above: QAccessibleInterface | None) -> str:
    """Where it is in the source: its class, and the classes around it."""
    around: QObject | None = node.object()
    names: list[str] = []
    if around is None and above is not None:
        around = above.object()
    while around is not None and len(names) < NEAREST:
        names.append(type(around).__name__)
        around = around.parent()
    return " < ".join(names)
