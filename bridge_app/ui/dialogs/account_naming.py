"""What a person calls a product environment: name, agency, colour and stage."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.accounts import Account
from bridge_app.domain.environments import Hue, Naming, Stage
from bridge_app.domain.errors import BridgeError
from bridge_app.ui.environment_looks import hue_text, stage_text, swatch
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, isolated
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.head import DialogHead
from bridge_app.ui.theme import Theme

MOST_LETTERS = 60


class StageBox(QComboBox):
    """Production, staging, development or none."""

    def __init__(self) -> None:
        super().__init__()
        for stage in (Stage.PRODUCTION, Stage.STAGING, Stage.DEVELOPMENT, Stage.NONE):
            self.addItem(stage_text(stage), stage.value)

    @property
    def stage(self) -> Stage:
        """What is chosen."""
        return Stage(self.currentData())

    def choose(self, stage: Stage) -> None:
        """Choose this one."""
        self.setCurrentIndex(self.findData(stage.value))


class AccountNaming(QWidget):
    """`named` carries environment and Naming; `backWanted` leaves it as it is."""

    named = Signal(str, object)  # environment, Naming
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._theme = theme
        self._environment = ""
        self._head = DialogHead(
            theme,
            icons,
            "tag",
            title="",
            text=self.tr(
                "Colour and label are shown wherever something is sent, so that nobody pushes to "
                "the wrong environment. Before the first push to production you are asked once."
            ),
        )
        self._trouble = Banner(theme, icons)
        self._label = QLineEdit(maxLength=MOST_LETTERS)
        self._owner = QLineEdit(maxLength=MOST_LETTERS)
        self._hue = QComboBox()
        self._stage = StageBox()
        self._save = QPushButton(self.tr("Save"), default=True)
        self._build()
        theme.changed.connect(self._dress)
        self._dress()

    def start(self, account: Account) -> None:
        """Show how this one is called now."""
        self._environment = account.environment
        name = isolated(account.environment)
        self._head.set_title(self.tr("What do you call {name}?").format(name=name))
        self._label.setText(account.label)
        self._label.setPlaceholderText(account.environment)
        self._owner.setText(account.owner)
        self._hue.setCurrentIndex(self._hue.findData(account.hue.value))
        self._stage.choose(account.stage)
        self._trouble.hush()
        self._label.setFocus()
        self._label.selectAll()

    def show_error(self, error: BridgeError) -> None:
        """Say why it could not be kept."""
        self._trouble.say(Tone.NEGATIVE, error_text(error))

    def _build(self) -> None:
        for hue in Hue:
            self._hue.addItem(hue_text(hue), hue.value)
        self._save.clicked.connect(self._name)
        self._label.returnPressed.connect(self._name)
        self._owner.returnPressed.connect(self._name)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        fields = QGridLayout()
        fields.setHorizontalSpacing(14)
        fields.setVerticalSpacing(6)
        named = (
            (self.tr("&Name"), self._label),
            (self.tr("&Agency or team"), self._owner),
            (self.tr("&Colour"), self._hue),
            (self.tr("&Stage"), self._stage),
        )
        for number, (text, field) in enumerate(named):
            label = QLabel(text)
            label.setProperty("tone", "heading")
            label.setBuddy(field)
            row, column = divmod(number, 2)
            fields.addWidget(label, row * 3, column)
            fields.addWidget(field, row * 3 + 1, column)
            fields.setColumnStretch(column, 1)
        fields.setRowMinimumHeight(2, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._head)
        layout.addWidget(self._trouble)
        layout.addLayout(fields)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self._save))

    def _name(self) -> None:
        naming = Naming(
            label=self._label.text().strip() or self._environment,
            owner=self._owner.text().strip(),
            hue=Hue(self._hue.currentData()),
            stage=self._stage.stage,
        )
        self.named.emit(self._environment, naming)

    def _dress(self) -> None:
        for row in range(self._hue.count()):
            self._hue.setItemIcon(row, swatch(Hue(self._hue.itemData(row)), self._theme.tokens))
