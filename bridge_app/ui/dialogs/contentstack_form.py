"""One stack of Contentstack as a form: where it is, what is done there, and with which token."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.channels.channel import ChannelWords
from bridge_app.domain.contentstack import HOSTS, OTHER, Destination, OnExpiry, check_destination
from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text, one_line
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.editable_box import EditableBox
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.stack_wording import end_text, region_text
from bridge_app.ui.theme import Theme

LONGEST = 200


class StackForm(QWidget):
    """`entered` tells a stack and its token; None is the token that is kept already."""

    entered = Signal(object, object)  # Destination, Secret | None
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons) -> None:
        super().__init__()
        self._before: Destination | None = None
        self._kinds: Mapping[str, ChannelWords] = {}
        self._form = Form()
        self._title = QLabel()
        self.trouble = Banner(theme, icons)
        self.name_field = QLineEdit(maxLength=LONGEST)
        self.region_field = EditableBox()
        self.key_field = QLineEdit(maxLength=LONGEST)
        self.token_field = SecretField(theme, icons)
        self.branch_field = QLineEdit(maxLength=LONGEST)
        self.environment_field = QLineEdit(maxLength=LONGEST)
        self.locales_field = QLineEdit()
        self.folder_field = QLineEdit(maxLength=LONGEST)
        self.end_field = QComboBox()
        self.save_button = QPushButton(self.tr("Test and Save"), autoDefault=False, default=True)
        self._build()

    def show_stack(self, stack: Destination | None) -> None:
        """Edit this one; None begins a new one."""
        self._before = stack
        self._title.setText(self.tr("Change a stack") if stack else self.tr("New stack"))
        shown = stack or Destination(id="", name="", region="us", api_key="", environment="")
        self.name_field.setText(shown.name)
        place = self.region_field.findData(shown.region)
        self.region_field.setCurrentIndex(place)
        if place < 0:
            self.region_field.setEditText(shown.region)
        self._show_kind()
        self.key_field.setText(shown.api_key)
        self.branch_field.setText(shown.branch)
        self.environment_field.setText(shown.environment)
        pairs = (f"{name}={code}" for name, code in shown.locales.items())
        self.locales_field.setText(", ".join(pairs))
        self.folder_field.setText(shown.folder)
        self.end_field.setCurrentIndex(self.end_field.findData(shown.on_expiry))
        self.token_field.forget()
        self.token_field.setPlaceholderText(
            self.tr("Leave empty to keep the one in the keyring")
            if stack
            else self.tr("Of the stack's settings; it goes to the keyring")
        )
        self.trouble.hush()
        self.save_button.setEnabled(True)
        self.name_field.setFocus()

    def show_kinds(self, kinds: Mapping[str, ChannelWords]) -> None:
        """Channels that installed packages bring stand among the regions, by their own words."""
        self._kinds = kinds
        for kind, words in kinds.items():
            self.region_field.addItem(one_line(words.title), f"{OTHER}{kind}")
        self._call(self.region_field, self.tr("&Service or region"))
        if self._before is not None:
            self.show_stack(self._before)

    def _show_kind(self, *_: object) -> None:
        """What a package's channel does not have is not asked, and the rest is called as there."""
        place = self.region_field.findText(self.region_field.currentText().strip())
        kind = str(self.region_field.itemData(place) or "")
        words = self._kinds.get(kind.removeprefix(OTHER)) if kind.startswith(OTHER) else None
        for field in (self.branch_field, self.folder_field):
            self._form.setRowVisible(field, words is None)
        own, stack = words or ChannelWords(title=""), words is None
        self._call(self.key_field, self.tr("&API key") if stack else self.tr("&Address"))
        self._call(self.token_field, self.tr("&Management token") if stack else self.tr("&Token"))
        for field, word in ((self.key_field, own.place), (self.token_field, own.token)):
            if word:
                self._call(field, one_line(word).replace("&", "&&"))
        self.key_field.setPlaceholderText(
            self.tr("blt…, as the stack's settings show it") if stack else ""
        )
        self.environment_field.setPlaceholderText(self.tr("production") if stack else "")

    def _call(self, field: QWidget, text: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(text)

    def show_error(self, error: BridgeError) -> None:
        """It was not taken; what was typed stays."""
        self.trouble.say(Tone.NEGATIVE, error_text(error))
        self.save_button.setEnabled(True)

    def stack(self) -> Destination:
        """What is entered. Raises InvalidInputError."""
        typed = self.region_field.currentText().strip()
        place = self.region_field.findText(typed)
        made = replace(
            self._before or Destination(id="", name="", region="", api_key="", environment=""),
            name=self.name_field.text().strip(),
            region=self.region_field.itemData(place) if place >= 0 else typed,
            api_key=self.key_field.text().strip(),
            branch=self.branch_field.text().strip(),
            environment=self.environment_field.text().strip(),
            locales=self._locales(),
            folder=self.folder_field.text().strip(" /"),
            on_expiry=OnExpiry(self.end_field.currentData()),
        )
        check_destination(made)
        return made

    def _locales(self) -> dict[str, str]:
        found = {}
        for text in filter(None, map(str.strip, self.locales_field.text().split(","))):
            name, equals, code = text.partition("=")
            if not (name and equals and code):
                raise InvalidInputError(what=text, detail=self.tr("it has to look like de=de-de"))
            found[name.strip()] = code.strip()
        return found

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        for region in HOSTS:
            self.region_field.addItem(region_text(region), region)
        for choice in OnExpiry:
            self.end_field.addItem(end_text(choice), choice)
        self.name_field.setPlaceholderText(self.tr("Site, shop, app, …"))
        self.key_field.setPlaceholderText(self.tr("blt…, as the stack's settings show it"))
        self.environment_field.setPlaceholderText(self.tr("production"))
        self.locales_field.setPlaceholderText(self.tr("de=de-de, AT=de-at"))
        self.folder_field.setPlaceholderText(self.tr("None: beside the other assets"))
        self.folder_field.setToolTip(
            self.tr("Where renditions are kept that were copied for fields that hold files.")
        )
        self.locales_field.setToolTip(
            self.tr(
                "Which locale of the stack is meant by a language, a market, or both. Where "
                "nothing is said, a locale of that name is taken, and else the master's."
            )
        )
        form = self._form
        for text, field in (
            (self.tr("&Name"), self.name_field),
            (self.tr("&Region"), self.region_field),
            (self.tr("&API key"), self.key_field),
            (self.tr("&Management token"), self.token_field),
            (self.tr("&Branch"), self.branch_field),
            (self.tr("&Environment"), self.environment_field),
            (self.tr("&Locales"), self.locales_field),
            (self.tr("&Folder of copies"), self.folder_field),
            (self.tr("When rights en&d"), self.end_field),
        ):
            form.addRow(text, field)
        self.region_field.editTextChanged.connect(self._show_kind)
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        self.save_button.clicked.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self.trouble)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self.save_button))

    def _enter(self) -> None:
        try:
            stack = self.stack()
        except InvalidInputError as error:
            self.show_error(error)
            return
        typed = self.token_field.secret()
        is_empty = not typed.reveal()
        self.save_button.setEnabled(False)
        text = self.tr("{name} is asked whether it answers to this…")
        self.trouble.say(Tone.INFO, text.format(name=one_line(stack.name)))
        self.entered.emit(stack, None if is_empty and self._before else typed)
