"""The form for one policy: for what it holds, and what it asks for."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.domain.required_fields import REQUIRABLE
from bridge_app.domain.standard_fields import path_named
from bridge_app.ui.key_texts import unmarked
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import error_text, fields_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.seeing_scroll import SeeingScroll

THRESHOLD_STEP = 0.5
REQUIRED_BESIDE = 4
"""Check boxes of required fields in a row."""


class PolicyForm(QWidget):
    """`entered` tells a policy that can be used, and the one it takes the place of."""

    entered = Signal(object, object)  # Policy, Policy or None
    backWanted = Signal()

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._before: Policy | None = None
        self._title = QLabel()
        self._name = QLineEdit()
        self._kinds = {kind: QCheckBox(text) for kind, text in self._kind_texts().items()}
        self._folders, self._tags = QLineEdit(), QLineEdit()
        self._channels, self._markets = QLineEdit(), QLineEdit()
        self._stages, self._deciders, self._roles = QLineEdit(), QLineEdit(), QLineEdit()
        self._languages = QLineEdit()
        self._required = {name: QCheckBox(fields_text([name])) for name in REQUIRABLE}
        self._renditions = QCheckBox(self.tr("Each &rendition needs an approval of its own"))
        self._files = QCheckBox(self.tr("The &gate is asked of files that are taken out, too"))
        self._keeps = QDoubleSpinBox(suffix=" %", decimals=1, maximum=100.0)
        self._said = Banner(looks.theme, looks.icons)
        self._keep = QPushButton(self.tr("Use"), autoDefault=False)
        self._build()

    @property
    def said(self) -> str:
        """What is wrong with what is entered; "" for nothing."""
        return self._said.text

    def show_policy(self, policy: Policy | None) -> None:
        """Edit this policy; None begins a new one."""
        self._before = policy
        self._said.hush()
        shown = policy or Policy(name="-")
        self._title.setText(policy.name if policy else self.tr("New policy"))
        self._name.setText(policy.name if policy else "")
        for kind, box in self._kinds.items():
            box.setChecked(kind in shown.match.kinds)
        for field, words in self._words(shown):
            field.setText(", ".join(words))
        self._deciders.setText("; ".join(map(_told, shown.deciders)))
        for name, box in self._required.items():
            box.setChecked(name in shown.required)
        others = (name for name in shown.required if name not in REQUIRABLE)
        self._languages.setText(", ".join(others))
        self._renditions.setChecked(shown.renditions)
        self._files.setChecked(shown.files)
        self._keeps.setValue(100 * (shown.keeps_below or 0))
        self._name.setFocus()

    def policy(self) -> Policy:
        """What is entered. Raises InvalidInputError for what cannot be used."""
        kept = self._keeps.value() / 100
        return Policy(
            name=self._name.text().strip(),
            match=PolicyMatch(
                kinds=frozenset(kind for kind, box in self._kinds.items() if box.isChecked()),
                folders=frozenset(_listed(self._folders)),
                tags=frozenset(_listed(self._tags)),
                channels=frozenset(_listed(self._channels)),
                markets=frozenset(_listed(self._markets)),
            ),
            stages=tuple(_listed(self._stages)),
            renditions=self._renditions.isChecked(),
            keeps_below=kept or None,
            may_override=frozenset(_listed(self._roles)),
            deciders=tuple(map(_decider, _split(self._deciders.text(), ";"))),
            required=tuple(self._wanted()),
            files=self._files.isChecked(),
        )

    def _wanted(self) -> Iterable[str]:
        """The required fields; those that were stay in the order in which they were."""
        wanted = [name for name, box in self._required.items() if box.isChecked()]
        wanted += (path_named(text).key for text in _listed(self._languages))
        before = [name for name in self._before.required if name in wanted] if self._before else []
        return dict.fromkeys((*before, *wanted))

    def _words(self, policy: Policy) -> tuple[tuple[QLineEdit, Iterable[str]], ...]:
        return (
            (self._folders, sorted(policy.match.folders)),
            (self._tags, sorted(policy.match.tags)),
            (self._channels, sorted(policy.match.channels)),
            (self._markets, sorted(policy.match.markets)),
            (self._stages, policy.stages),
            (self._roles, sorted(policy.may_override)),
        )

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self._keeps.setSingleStep(THRESHOLD_STEP)
        self._keeps.setSpecialValueText(self.tr("none"))
        self._keep.clicked.connect(self._enter)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        hint = QLabel(
            self.tr(
                "An empty line limits nothing. Channels and markets are those of renditions: a "
                "push of a master has neither yet. Several words have commas in between, and who "
                "decides in several stages semicolons."
            ),
            wordWrap=True,
        )
        hint.setProperty("tone", "muted")
        # It scrolls by itself: the list beside it has to be reached on small screens, too.
        lines = QWidget()
        inside = QVBoxLayout(lines)
        inside.setContentsMargins(24, 0, 24, 0)
        inside.addLayout(self._built_form())
        inside.addWidget(hint)
        inside.addStretch(1)
        area = SeeingScroll()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # whatever has the keyboard is scrolled to
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(lines)
        beside = area.verticalScrollBar().sizeHint().width()
        area.setMinimumWidth(lines.minimumSizeHint().width() + beside)
        head, foot = QVBoxLayout(), form_foot(back, self._keep)
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(self._title)
        head.addWidget(self._said)
        foot.setContentsMargins(24, 0, 24, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 24, 0, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(area, 1)
        layout.addLayout(foot)

    def _built_form(self) -> Form:
        kinds = QHBoxLayout()
        kinds.setSpacing(12)
        for box in self._kinds.values():
            kinds.addWidget(box)
        kinds.addStretch(1)
        form = Form()
        form.setVerticalSpacing(10)
        form.addRow(self._label(self.tr("&Name"), self._name), self._name)
        form.addRow(self.tr("Kinds"), kinds)
        for label, field, example in (
            (self.tr("&Folders"), self._folders, "Campaigns/Spring"),
            (self.tr("&Tags"), self._tags, "launch"),
            (self.tr("&Channels"), self._channels, "web, social"),
            (self.tr("&Markets"), self._markets, "DE, EMEA"),
            (self.tr("&Stages that approve"), self._stages, "brand, legal"),
            (self.tr("&Who decides in a stage"), self._deciders, "legal: counsel, head of legal"),
            (self.tr("Roles that may &override"), self._roles, "legal"),
        ):
            field.setPlaceholderText(example)
            # No default button: the key that opens this page would press it, too.
            field.returnPressed.connect(self._keep.click)
            form.addRow(self._label(label, field), field)
        form.addRow(self.tr("Required fields"), self._built_required())
        languages = self._label(self.tr("Required in &languages"), self._languages)
        self._languages.setPlaceholderText("alt_text[de], caption[fr]")
        self._languages.returnPressed.connect(self._keep.click)
        form.addRow(languages, self._languages)
        form.addRow("", self._renditions)
        form.addRow("", self._files)
        kept = self.tr("An approval is &kept below a difference of")
        form.addRow(self._label(kept, self._keeps), self._keeps)
        return form

    def _built_required(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for number, box in enumerate(self._required.values()):
            box.setToolTip(self.tr("Nothing leaves in which this is empty"))
            grid.addWidget(box, number // REQUIRED_BESIDE, number % REQUIRED_BESIDE)
        grid.setColumnStretch(REQUIRED_BESIDE, 1)
        return grid

    def _label(self, text: str, field: QWidget) -> QLabel:
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(unmarked(text))
        return label

    def _kind_texts(self) -> dict[Kind, str]:
        return {
            Kind.IMAGE: self.tr("Images"),
            Kind.VIDEO: self.tr("Videos"),
            Kind.AUDIO: self.tr("Audio"),
            Kind.DOCUMENT: self.tr("Documents"),
            Kind.OTHER: self.tr("Other"),
        }

    def _enter(self) -> None:
        try:
            policy = self.policy()
        except BridgeError as error:
            self._said.say(Tone.NEGATIVE, error_text(error))
            return
        self.entered.emit(policy, self._before)


def _listed(field: QLineEdit) -> list[str]:
    return _split(field.text(), ",")


def _split(text: str, mark: str) -> list[str]:
    words = (word.strip() for word in text.split(mark))
    return list(dict.fromkeys(word for word in words if word))


def _decider(text: str) -> tuple[str, frozenset[str]]:
    """“legal: counsel, head of legal” as a stage and its roles."""
    stage, _, roles = text.partition(":")
    return stage.strip(), frozenset(_split(roles, ","))


def _told(decider: tuple[str, frozenset[str]]) -> str:
    stage, roles = decider
    return f"{stage}: {', '.join(sorted(roles))}"
