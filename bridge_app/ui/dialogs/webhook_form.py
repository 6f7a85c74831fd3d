"""One endpoint as a form: what it is called, where it is, and what it is told."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.channel_events import EventType
from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.domain.webhooks import LONGEST_NAME, Endpoint, check_endpoint
from bridge_app.storage.secrets import Secret
from bridge_app.ui.channel_wording import EVENTS, event_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.theme import Theme


class WebhookForm(QWidget):
    """`entered` tells an endpoint, and the secret that the receiver made, or None."""

    entered = Signal(object, object)  # Endpoint, Secret | None
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._before: Endpoint | None = None
        self._trouble = Banner(theme, icons)
        self._title = QLabel()
        self.name_field = QLineEdit(maxLength=LONGEST_NAME)
        self.url_field = QLineEdit()
        self.private_box = QCheckBox(self.tr("Allow an address of this computer or network"))
        self.event_list = QListWidget()
        self.secret_field = SecretField(theme, icons)
        self._form = Form()
        self.save_button = QPushButton(self.tr("Save"), autoDefault=False, default=True)
        self._build()

    def show_endpoint(self, endpoint: Endpoint | None) -> None:
        """Edit this one; None begins a new one."""
        self._before = endpoint
        self._title.setText(self.tr("Change an endpoint") if endpoint else self.tr("New endpoint"))
        made = endpoint or Endpoint(id="", name="", url="")
        self.name_field.setText(made.name)
        self.url_field.setText(made.url)
        self.private_box.setChecked(made.private_allowed)
        for row in range(self.event_list.count()):
            item = self.event_list.item(row)
            wanted = made.wants(EventType(item.data(Qt.ItemDataRole.UserRole)))
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.secret_field.clear()
        self._form.setRowVisible(self.secret_field, endpoint is None)
        self._trouble.hush()
        self.save_button.setEnabled(True)
        self.name_field.setFocus()

    def show_error(self, error: BridgeError) -> None:
        """It was not taken; what was typed stays."""
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.save_button.setEnabled(True)

    def endpoint(self) -> Endpoint:
        """What is entered. Raises InvalidInputError."""
        items = [self.event_list.item(row) for row in range(self.event_list.count())]
        chosen = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        if not chosen:
            what, detail = self.tr("The list of events"), self.tr("choose at least one")
            raise InvalidInputError(what=what, detail=detail)
        every = len(chosen) == len(items)
        names = () if every else (item.data(Qt.ItemDataRole.UserRole) for item in chosen)
        made = replace(
            self._before or Endpoint(id="", name="", url=""),
            name=self.name_field.text().strip(),
            url=self.url_field.text().strip(),
            private_allowed=self.private_box.isChecked(),
            events=frozenset(map(EventType, names)),
        )
        check_endpoint(made)
        return made

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self.name_field.setPlaceholderText(self.tr("Shop, partner portal, …"))
        self.url_field.setPlaceholderText(self.tr("https://example.com/hooks"))
        self.secret_field.setPlaceholderText(self.tr("Leave empty to have one made"))
        self.event_list.setAccessibleName(self.tr("What it is told"))
        for event in EVENTS:
            item = QListWidgetItem(event_text(event), self.event_list)
            item.setData(Qt.ItemDataRole.UserRole, event.value)
            item.setToolTip(event.value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        for text, field in (
            (self.tr("&Name"), self.name_field),
            (self.tr("&Address"), self.url_field),
            ("", self.private_box),
            (self.tr("&Tell"), self.event_list),
            (self.tr("&Secret"), self.secret_field),
        ):
            self._form.addRow(text, field)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        self.save_button.clicked.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self._trouble)
        layout.addLayout(self._form, 1)
        layout.addLayout(form_foot(back, self.save_button))

    def _enter(self) -> None:
        try:
            endpoint = self.endpoint()
        except InvalidInputError as error:
            self.show_error(error)
            return
        self.save_button.setEnabled(False)
        typed = self.secret_field.text().strip()
        self.entered.emit(endpoint, Secret(typed) if typed and self._before is None else None)
