"""The answer: one sentence, figures, a chart, what is missing, and the table behind it all."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.reports import Fact, Gap, Report, ReportKind
from bridge_app.ui.insights.answers import REMEDIES, Remedy, emptiness, headline
from bridge_app.ui.insights.chart import ChartView
from bridge_app.ui.insights.charting import chart_of, measures_of, order_of
from bridge_app.ui.insights.shapes import Bars
from bridge_app.ui.insights.table import ReportView
from bridge_app.ui.insights.wording import fact_text, fact_value, gap_text
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.empty_state import EmptyState, EmptyWords
from bridge_app.ui.parts.fitting_scroll import FittingScroll
from bridge_app.ui.parts.flow_layout import FlowLayout
from bridge_app.ui.parts.rule import Rule, leading

MOST_FACTS = 6
TABLE_PX = 130
"""A heading and three rows, however small the window is."""
SAID = frozenset({"limit_reached", "days", "files", "spare_bytes", "saved_bytes"})
"""Figures that the sentence says already."""


class AnswerPanel(QStackedWidget):
    """Shows one report; `remedyWanted` carries a Remedy for what is missing."""

    remedyWanted = Signal(object)

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._report: Report | None = None
        self._chosen: dict[ReportKind, str] = {}
        self.headline = _label("title")
        self.chart = ChartView(looks.theme)
        self.measure, self.more = _label("heading"), _label("caption")
        self.measures = QComboBox()
        self.table = ReportView(looks.theme)
        self._facts, self._gaps = QWidget(), QWidget()
        self._figures = FlowLayout(self._facts, spacing_px=looks.theme.tokens.space.xl)
        self._gap_lines = QVBoxLayout(self._gaps)
        self._notes: list[str] = []
        self._cures = self._make_cures()
        self._empty: EmptyState | None = None
        self._body, self._blank = QWidget(), QWidget()
        self._build()

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said to be missing."""
        return tuple(self._notes)

    @property
    def empty_state(self) -> EmptyState | None:
        """What stands here instead of an answer; None while there is one."""
        return self._empty

    def show_report(self, report: Report) -> None:
        """Show an answer, or why there is none."""
        self._report = report
        if not report.rows:
            found = emptiness(report)
            self.table.show_report(None)
            self._say(found.words, found.remedy)
            return
        self._clear_words()
        self._offer_measures(report)
        self._draw(report)
        facts = [one for one in report.facts if one.value is not None and one.name not in SAID]
        self._show_facts(facts[:MOST_FACTS])
        self._show_gaps(report.gaps)
        self.table.show_report(report)
        self._order(report)
        self.setCurrentWidget(self._body)

    def choose_measure(self, key: str) -> None:
        """Let the chart be about something else."""
        self.measures.setCurrentIndex(self.measures.findData(key))
        if self._report is not None:
            self._chosen[self._report.kind] = key
            self._draw(self._report)
            self._order(self._report)

    def _order(self, report: Report) -> None:
        """The table begins with what the chart begins with."""
        self.table.order_by(order_of(report, str(self.measures.currentData() or "")))

    def _offer_measures(self, report: Report) -> None:
        self.measures.clear()
        for one in measures_of(report):
            self.measures.addItem(one.title, one.key)
        kept = self.measures.findData(self._chosen.get(report.kind, ""))
        self.measures.setCurrentIndex(max(0, kept))
        self.measures.setVisible(self.measures.count() > 1)

    def _draw(self, report: Report) -> None:
        """The chart, and the sentence that goes with it."""
        chart = chart_of(report, str(self.measures.currentData() or ""))
        sentence = headline(report, chart)
        self.headline.setText(sentence)
        self.chart.show_chart(
            chart,
            name=self.tr("Chart: {sentence}").format(sentence=sentence),
            text=self.tr("The table below has the same figures."),
        )
        left_out = chart.left_out if isinstance(chart, Bars) else 0
        self.measure.setText(chart.measure if isinstance(chart, Bars) else "")
        self.measure.setVisible(bool(self.measure.text()) and self.measures.isHidden())
        self.more.setText(self.tr("%Ln more in the table", "", left_out) if left_out else "")
        self.more.setVisible(left_out > 0)

    def show_nothing(self) -> None:
        """Something else is asked: the answer that was here does not stand below it."""
        self._report = None
        self._clear_words()
        self.table.show_report(None)
        self.setCurrentWidget(self._blank)

    def show_words(self, words: EmptyWords) -> None:
        """Say something instead of an answer."""
        self.show_nothing()
        self._say(words, Remedy.NONE)

    def _say(self, words: EmptyWords, remedy: Remedy) -> None:
        self._clear_words()
        cure = self._cures.get(remedy)
        actions = [cure] if cure is not None else []
        self._empty = EmptyState(self._looks.icons, self._looks.theme, words, actions)
        self.addWidget(self._empty)
        self.setCurrentWidget(self._empty)

    def _clear_words(self) -> None:
        if self._empty is not None:
            self.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None

    # How it is put together

    def _make_cures(self) -> dict[Remedy, QAction]:
        texts = {
            Remedy.IMPORT: self.tr("Import an Access Log…"),
            Remedy.ASK: self.tr("Ask Now"),
            Remedy.CONNECT: self.tr("Accounts…"),
            Remedy.LOOK: self.tr("Access Logs"),
        }
        made = {}
        for remedy, text in texts.items():
            action = QAction(text, self)
            action.triggered.connect(lambda _=False, remedy=remedy: self.remedyWanted.emit(remedy))
            made[remedy] = action
        return made

    def _build(self) -> None:
        tokens = self._looks.theme.tokens
        self.headline.setWordWrap(True)
        for part in (self._facts, self._gaps):
            part.setVisible(False)
        self._gap_lines.setContentsMargins(0, 0, 0, 0)
        self._gap_lines.setSpacing(tokens.space.xs)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(tokens.space.xl, tokens.space.s, tokens.space.xl, tokens.space.s)
        above.setSpacing(tokens.space.m)
        for part in (self.headline, self._facts):
            above.addWidget(part)
        drawn = QVBoxLayout()
        drawn.setSpacing(tokens.space.xs)
        drawn.addWidget(self.measures, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.measure, self.chart, self.more):
            drawn.addWidget(part)
        above.addLayout(drawn)
        above.addWidget(self._gaps)
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        scroll = FittingScroll(upper)
        scroll.setAccessibleName(self.tr("Answer"))
        layout.addWidget(scroll)
        layout.addWidget(Rule(self._looks.theme))
        below = QVBoxLayout()
        below.setContentsMargins(tokens.space.l, 0, tokens.space.s, 0)
        below.addWidget(self.table)
        self.table.setMinimumHeight(TABLE_PX)
        layout.addLayout(below, 1)
        for page in (self._blank, self._body):
            self.addWidget(page)
        self.measures.setAccessibleName(self.tr("What the chart is about"))
        self.measures.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.measures.activated.connect(
            lambda _: self.choose_measure(str(self.measures.currentData()))
        )
        self._looks.theme.changed.connect(self._dress)
        self.chart.chosen.connect(self.table.choose)
        self.chart.opened.connect(lambda _: self.table.opened.emit())
        self.table.movedOn.connect(self._mark)

    def _mark(self) -> None:
        chosen = self.table.chosen
        self.chart.mark(chosen[0] if len(chosen) == 1 else None)

    def _show_facts(self, facts: Sequence[Fact]) -> None:
        _empty_out(self._figures)
        for fact in facts:
            self._figures.addWidget(_figure(fact_value(fact), fact_text(fact)))
        self._facts.setVisible(bool(facts))

    def _show_gaps(self, gaps: Sequence[Gap]) -> None:
        _empty_out(self._gap_lines)
        self._notes = [gap_text(gap) for gap in gaps]
        for gap, text in zip(gaps, self._notes, strict=True):
            self._gap_lines.addWidget(
                self._note(text, self._cures.get(REMEDIES.get(gap.lack, Remedy.NONE)))
            )
        self._gaps.setVisible(bool(gaps))

    def _dress(self) -> None:
        """The signs before the notes, in the colours of now."""
        if self._report is not None:
            self._show_gaps(self._report.gaps)

    def _note(self, text: str, cure: QAction | None) -> QWidget:
        made, sign, words = QWidget(), QLabel(), _label("muted")
        words.setText(text)
        words.setWordWrap(True)
        tokens = self._looks.theme.tokens
        sign.setPixmap(
            self._looks.icons.pixmap("info", tokens.text_muted, 14, self.devicePixelRatioF())
        )
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(sign)
        line.addWidget(words, 1)
        if cure is not None:
            button = QPushButton(cure.text(), autoDefault=False)
            button.setProperty("kind", "link")
            button.clicked.connect(cure.trigger)
            line.addWidget(button)
        return made


def _figure(value: str, name: str) -> QWidget:
    """A figure over what it is called."""
    made, figure, words = QWidget(), _label("strong"), _label("caption")
    figure.setText(value)
    words.setText(name)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(figure)
    column.addWidget(words)
    made.setAccessibleName(f"{name}: {value}")
    return made


def _label(tone: str) -> QLabel:
    label = QLabel(textFormat=Qt.TextFormat.PlainText)
    label.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
    label.setProperty("tone", tone)
    return label


def _empty_out(layout: QLayout) -> None:
    """Take everything out, and have it deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
