"""The head of review mode: where one is, how far the review is, and how pictures are looked at."""

from collections import Counter
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.ui.delegates.badges import approval_sign
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import approval_text, isolated, number_text, one_line
from bridge_app.ui.parts.elided_label import ElidedLabel
from bridge_app.ui.review.comparing import Against, Look, against_text
from bridge_app.ui.review.guides import Guide, guide_text
from bridge_app.ui.review.keys import Act, tip
from bridge_app.ui.theme import Theme

ICON_PX = 18
PERCENT_PX = 72
BAR_PX = QSize(180, 8)
LOOKS = (
    (Look.ALONE, "image"),
    (Look.BESIDE, "images"),
    (Look.SPLIT, "git-compare"),
    (Look.ONION, "layers"),
    (Look.DIFFERENCE, "zap"),
)
ORDER = (Approval.APPROVED, Approval.CHANGES_REQUESTED, Approval.REJECTED, Approval.IN_REVIEW)


class ReviewHead(QFrame):
    """Buttons tell acts; what is in force is shown by `show_…`."""

    wanted = Signal(object)  # Act
    lookChosen = Signal(object)  # Look

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._icons = icons
        self._tools: list[tuple[QToolButton, str]] = []
        self.looks: dict[Look, QToolButton] = {}
        self.buttons: dict[Act, QToolButton] = {}
        self.progress = ProgressBar(theme)
        self._title = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._title.setProperty("tone", "strong")
        self._place = ElidedLabel()
        self._place.setProperty("tone", "muted")
        self._place.setFont(theme.font(theme.tokens.font_px.small, tabular=True))
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def place(self) -> str:
        """Where one is, as it is told."""
        return self._place.text()

    def show_title(self, title: str) -> None:
        """What is reviewed."""
        self._title.setText(one_line(title))

    def show_place(self, row: int, count: int, decided: int) -> None:
        """Which of how many, and how many are decided."""
        text = self.tr("{row} of {count}  ·  {decided} decided")
        here = number_text(row + 1) if count else number_text(0)
        told = text.format(row=here, count=number_text(count), decided=number_text(decided))
        self._place.setText(isolated(told))

    def show_percent(self, percent: int) -> None:
        """How large the picture is shown."""
        self.buttons[Act.ACTUAL].setText(isolated(f"{number_text(percent)} %"))

    def show_look(self, look: Look, *, sheet: bool) -> None:
        """How pictures are looked at; on the contact sheet no look is chosen."""
        for one, button in self.looks.items():
            button.setChecked(one is look and not sheet)
        self.buttons[Act.SHEET].setChecked(sheet)

    def show_against(self, against: Against) -> None:
        """What is compared with."""
        self.buttons[Act.AGAINST].setText(against_text(against))

    def show_guide(self, guide: Guide) -> None:
        """Which lines are drawn."""
        button = self.buttons[Act.GUIDES]
        button.setChecked(guide is not Guide.NONE)
        button.setToolTip(f"{tip(Act.GUIDES)}\n{guide_text(guide)}")

    def _build(self) -> None:
        self.setProperty("surface", "bar")
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 8, 12, 8)
        line.setSpacing(4)
        line.addWidget(self._act(Act.LEAVE, "arrow-left"))
        line.addSpacing(6)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._place)
        line.addLayout(names, 1)
        line.addWidget(self.progress)
        line.addSpacing(14)
        for look, icon in LOOKS:
            line.addWidget(self._look(look, icon))
        against = self._act(Act.AGAINST, "")
        against.setProperty("chip", "true")
        line.addWidget(against)
        line.addWidget(self._act(Act.SHEET, "layout-grid", checkable=True))
        line.addSpacing(10)
        line.addWidget(self._act(Act.FARTHER, "zoom-out"))
        percent = self._act(Act.ACTUAL, "")
        percent.setFixedWidth(PERCENT_PX)
        line.addWidget(percent)
        line.addWidget(self._act(Act.NEARER, "zoom-in"))
        line.addWidget(self._act(Act.FIT, "maximize"))
        line.addWidget(self._act(Act.GUIDES, "grid-3x3", checkable=True))
        line.addSpacing(10)
        line.addWidget(self._act(Act.STRIP, "panel-bottom", checkable=True))
        line.addWidget(self._act(Act.FACTS, "panel-right", checkable=True))
        line.addWidget(self._act(Act.HELP, "keyboard"))
        for act in (Act.STRIP, Act.FACTS):
            self.buttons[act].setChecked(True)

    def _act(self, act: Act, icon: str, *, checkable: bool = False) -> QToolButton:
        button = self._button(tip(act), icon)
        button.setCheckable(checkable)
        button.clicked.connect(partial(self._want, act))
        self.buttons[act] = button
        return button

    def _look(self, look: Look, icon: str) -> QToolButton:
        # Two of the looks have a key of their own; the others come one after another.
        words = {
            Look.ALONE: self.tr("One picture"),
            Look.BESIDE: tip(Act.BESIDE),
            Look.SPLIT: self.tr("Compare below a line (V)"),
            Look.ONION: self.tr("Onion skin (V)"),
            Look.DIFFERENCE: self.tr("Difference (V)"),
        }
        button = self._button(words[look], icon)
        button.setCheckable(True)
        button.clicked.connect(partial(self._choose, look))
        self.looks[look] = button
        return button

    def _button(self, name: str, icon: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if icon:
            self._tools.append((button, icon))
        return button

    def _want(self, act: Act, *_: bool) -> None:
        self.wanted.emit(act)

    def _choose(self, look: Look, *_: bool) -> None:
        self.lookChosen.emit(look)

    def _dress(self) -> None:
        mirrored = self.isRightToLeft()
        for button, name in self._tools:
            shown = "arrow-right" if mirrored and name == "arrow-left" else name
            link = self._theme.tokens.link
            button.setIcon(self._icons.icon(shown, on_colour=link, size_px=ICON_PX))


class ProgressBar(QWidget):
    """How much is approved, sent back, rejected, and waits; in the colours of these states."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: Counter[Approval] = Counter()
        self.setFixedSize(BAR_PX)
        theme.changed.connect(self.update)

    def show_counts(self, counts: Counter[Approval]) -> None:
        """How many stand how."""
        self._counts = counts
        words = [f"{approval_text(one)}: {number_text(counts[one])}" for one in Approval]
        self.setAccessibleName(", ".join(words))
        self.setToolTip("\n".join(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a bar of parts."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setClipPath(clip)
        painter.fillRect(area, self._theme.tokens.track)
        total, x = sum(self._counts.values()), 0.0
        for approval in ORDER if total else ():
            width = area.width() * self._counts[approval] / total
            part = QRectF(x, 0, width, area.height())
            if self.isRightToLeft():
                part.moveRight(area.width() - x)
            painter.fillRect(part, approval_sign(approval, self._theme.tokens).badge.fill)
            x += width
        painter.end()
