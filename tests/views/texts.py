"""The texts of a view: which are cut, which nobody can translate, which share a letter."""

import re
from collections.abc import Iterator

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from bridge_app.ui.parts.elided_box import ElidedBox
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.parts.mnemonics import letter_of, lettered
from tests.views.pseudo import CLOSING, OPENING

MNEMONIC = re.compile(r"&(?=\S)")
MARKUP = re.compile(r"<[^<>]+>|&\w+;")
ROUNDING_PX = 1
DEPTH = 3
"""So many of the widgets around it are named, to find it by."""


def cut_texts(view: QWidget) -> list[str]:
    """Each text that does not fit into its place and is not shortened with a tool tip."""
    return [fault for widget in _shown(view) for fault in _cuts(widget)]


def bare_texts(view: QWidget) -> list[str]:
    """In the pseudo-locale: each text with letters of which nothing stands in brackets."""
    found = [text for widget in (view, *_shown(view)) for text in _said(widget)]
    return sorted({text for text in found if _is_bare(text)})


def doubled_letters(view: QWidget) -> list[str]:
    """Each underlined letter that two places of a dialog share."""
    if not isinstance(view, QDialog):
        return []
    places: dict[str, list[str]] = {}
    for text, _ in lettered(view):
        places.setdefault(letter_of(text), []).append(text)
    return [f"{letter}: {texts}" for letter, texts in places.items() if len(texts) > 1]


def _shown(view: QWidget) -> Iterator[QWidget]:
    for widget in view.findChildren(QWidget):
        inside = widget.parent()
        owned = isinstance(inside, QComboBox | QAbstractSpinBox | QCalendarWidget)
        if widget.isVisibleTo(view) and widget.window() is view.window() and not owned:
            yield widget


def _cuts(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _cut_label(widget)
        case QPushButton() | QCheckBox() | QRadioButton() | QToolButton():
            yield from _cut_button(widget)
        case QComboBox() if not isinstance(widget, ElidedBox):
            yield from _cut_choice(widget)
        case QTabBar():
            wanted = sum(widget.tabSizeHint(n).width() for n in range(widget.count()))
            if wanted > widget.width() + ROUNDING_PX and widget.count():
                yield _fault(widget, " | ".join(map(widget.tabText, range(widget.count()))), wanted)
        case QHeaderView():
            yield from _cut_heads(widget)
        case QGroupBox() if widget.fontMetrics().horizontalAdvance(widget.title()) > widget.width():
            yield _fault(widget, widget.title(), widget.width())


def _cut_label(label: QLabel) -> Iterator[str]:
    text, room = label.text(), label.contentsRect()
    if not text.strip() or isinstance(label, ElidedLabel) or not room.isValid():
        return
    if label.wordWrap():
        high = label.heightForWidth(label.width())
        if high > label.height() + ROUNDING_PX:
            yield _fault(label, text, high)
    elif not Qt.mightBeRichText(text):
        metrics = label.fontMetrics()
        wide = max(metrics.horizontalAdvance(_plain(line)) for line in text.split("\n"))
        if wide > room.width() + ROUNDING_PX:
            yield _fault(label, text, wide)
        elif metrics.height() > room.height() + ROUNDING_PX:
            yield _fault(label, text, metrics.height())
    if _is_covered(label):
        yield _fault(label, text, label.visibleRegion().boundingRect().width())


def _cut_button(button: QAbstractButton) -> Iterator[str]:
    if not button.text() or _shows_icon_only(button):
        return
    wanted = button.sizeHint()
    if (
        wanted.width() > button.width() + ROUNDING_PX
        and _plain(button.text()).strip() not in _plain(button.toolTip())
    ) or _is_covered(button):
        yield _fault(button, button.text(), wanted.width())


def _shows_icon_only(button: QAbstractButton) -> bool:
    if not isinstance(button, QToolButton):
        return False
    return button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not (
        button.icon().isNull()
    )


def _cut_choice(choice: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    room = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    wide = choice.fontMetrics().horizontalAdvance(choice.currentText())
    icon = 0 if choice.itemIcon(choice.currentIndex()).isNull() else choice.iconSize().width() + 4
    if wide + icon > room.width() + ROUNDING_PX and choice.currentText() not in choice.toolTip():
        yield _fault(choice, choice.currentText(), wide + icon)


def _cut_heads(heads: QHeaderView) -> Iterator[str]:
    if heads.orientation() is not Qt.Orientation.Horizontal or heads.model() is None:
        return
    for section in range(heads.count()):
        text = heads.model().headerData(section, heads.orientation())
        tip = heads.model().headerData(section, heads.orientation(), Qt.ItemDataRole.ToolTipRole)
        wide = heads.fontMetrics().horizontalAdvance(str(text or ""))
        is_shown = bool(text) and not tip and not heads.isSectionHidden(section)
        if is_shown and wide > heads.sectionSize(section):
            yield _fault(heads, str(text), wide)


def _is_covered(widget: QWidget) -> bool:
    """Does its parent show a part of it only, and cannot be scrolled?"""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return False
        parent = parent.parentWidget()
    seen = widget.visibleRegion().boundingRect()
    room = widget.rect()
    return seen.isValid() and seen.width() + 2 < room.width() and seen.left() >= 0


def _fault(widget: QWidget, text: str, wanted: int) -> str:
    names, part = [type(widget).__name__], widget.parent()
    while part is not None and len(names) < DEPTH:
        names.append(type(part).__name__)
        part = part.parent()
    size = f"{widget.width()}×{widget.height()}"
    return f"{' < '.join(names)} {size}, wants {wanted}: {text!r}"


def _plain(text: str) -> str:
    return MNEMONIC.sub("", text)


def _said(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QPushButton() | QCheckBox() | QRadioButton() | QToolButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox() if not widget.isEditable():
            yield from (widget.itemText(number) for number in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(number) for number in range(widget.count()))
        case QGroupBox():
            yield widget.title()
        case QMenu():
            for action in widget.actions():
                yield from (action.text(), action.toolTip())
        case QHeaderView() if widget.model() is not None:
            heads = range(widget.count())
            found = (widget.model().headerData(n, widget.orientation()) for n in heads)
            yield from (str(text) for text in found if text)
        case QAbstractSlider():
            return


def _is_bare(text: str) -> bool:
    if OPENING in text or CLOSING in text:
        return False
    if Qt.mightBeRichText(text):
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    return bool(re.search(r"[^\W\d_]{2,}", MARKUP.sub("", text)))
