"""What of the audit trail is asked for: words, a person, a kind, a period, and of which assets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from bridge_app.domain.assets import AssetId
from bridge_app.domain.audit import AuditFilter, AuditKind
from bridge_app.domain.query import Query
from bridge_app.ui.audit_wording import kind_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import one_line
from bridge_app.ui.parts.flow_layout import FlowLayout

TYPING_MS = 250
WORDS_PX = 230
LONGEST_FIELD = 24
DAYS = (1, 7, 30, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the window shows: the chosen assets, and the question whose answer is listed."""

    chosen: tuple[AssetId, ...] = ()
    listed: Query | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for. `listed` is a question whose assets are meant; `about` is in words."""

    filter: AuditFilter
    listed: Query | None = None
    about: str = ""


class AuditFilters(QWidget):
    """A row of choices; `changed` tells that a person made one."""

    changed = Signal()

    def __init__(self, icons: Icons, scope: Scope, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._scope = scope
        self._now = now
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.changed)
        self.words = QLineEdit(clearButtonEnabled=True)
        self.words.setPlaceholderText(self.tr("Search in names and details"))
        self.words.setMinimumWidth(WORDS_PX)
        self.words.setAccessibleName(self.words.placeholderText())
        sign = icons.icon("search", size_px=16)
        lens = self.words.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
        lens.setText(self.words.placeholderText())
        self.words.textEdited.connect(lambda _: self._typing.start())
        self.assets = self._choice(self.tr("Assets"), self._asset_choices())
        self.kind = self._choice(self.tr("Kind"), _kinds(self.tr("Everything that happened")))
        self.person = self._choice(self.tr("Person"), [(self.tr("Everybody"), "")])
        self.period = self._choice(self.tr("Period"), self._periods())
        layout = FlowLayout(self)
        for part in (self.words, self.assets, self.kind, self.person, self.period):
            layout.addWidget(part)

    def offer_people(self, people: Sequence[str]) -> None:
        """These are named in the trail; who is chosen stays chosen."""
        kept = self.person.currentData()
        while self.person.count() > 1:
            self.person.removeItem(1)
        for name in people:
            self.person.addItem(one_line(name), name)
        self.person.setCurrentIndex(max(0, self.person.findData(kept)))

    def asked(self) -> Asked:
        """What is asked for now."""
        which = self.assets.currentData()
        kind = self.kind.currentData()
        days = self.period.currentData()
        told = [box for box in self._boxes() if box.currentIndex() > 0]
        about = [box.currentText() for box in told]
        return Asked(
            filter=AuditFilter(
                assets=frozenset(self._scope.chosen) if which == "chosen" else None,
                who=self.person.currentData(),
                kinds=frozenset({AuditKind(kind)}) if kind else frozenset(),
                since=self._since(days) if days else "",
                words=self.words.text().strip(),
            ),
            listed=self._scope.listed if which == "listed" else None,
            about="; ".join([*about, *filter(None, [self.words.text().strip()])]),
        )

    def _since(self, days: int) -> str:
        """The beginning of the day so many days ago, in this machine's zone, told in UTC."""
        today = self._now().astimezone()
        first = datetime.combine(today.date() - timedelta(days=days - 1), time()).astimezone()
        return first.astimezone(self._now().tzinfo).isoformat()

    def _boxes(self) -> tuple[QComboBox, ...]:
        return (self.assets, self.kind, self.person, self.period)

    def _choice(self, name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumContentsLength(LONGEST_FIELD // 2)
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(lambda _: self.changed.emit())
        return box

    def _asset_choices(self) -> list[tuple[str, object]]:
        choices: list[tuple[str, object]] = [(self.tr("All assets"), "")]
        chosen = len(self._scope.chosen)
        if chosen:
            choices.append((self.tr("The %Ln chosen asset(s)", "", chosen), "chosen"))
        if self._scope.listed is not None:
            choices.append((self.tr("What the window lists"), "listed"))
        return choices

    def _periods(self) -> list[tuple[str, object]]:
        named = {1: self.tr("Today"), 365: self.tr("The last year")}
        days = [(named.get(one) or self.tr("The last %Ln days", "", one), one) for one in DAYS]
        return [(self.tr("At any time"), 0), *days]


def _kinds(everything: str) -> list[tuple[str, object]]:
    kinds = [kind for kind in AuditKind if kind is not AuditKind.OTHER]
    return [(everything, ""), *((kind_text(kind), kind.value) for kind in kinds)]
