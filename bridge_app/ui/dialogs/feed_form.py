"""One feed as a form: where products come from, how images are found, and what follows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.domain.errors import BridgeError, InvalidInputError
from bridge_app.domain.product_feed import Feed, MatchBy
from bridge_app.domain.product_feed_check import LONGEST_NAME, check_feed
from bridge_app.domain.product_feed_names import DEFAULT_PATTERN
from bridge_app.storage.secrets import Secret
from bridge_app.ui.feed_wording import EVERY, every_text
from bridge_app.ui.icons import Icons
from bridge_app.ui.messages import error_text
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form
from bridge_app.ui.parts.form_foot import form_foot
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.parts.secret_field import SecretField
from bridge_app.ui.rights_wording import channel_groups
from bridge_app.ui.theme import Theme

EMPTY = Feed(id="", name="", source="")


class FeedForm(QWidget):
    """`entered` tells a feed, and a token or None. `environment` is the one in use, or ""."""

    entered = Signal(object, object)  # Feed, Secret | None
    backWanted = Signal()

    def __init__(self, theme: Theme, icons: Icons, environment: Callable[[], str]) -> None:
        super().__init__()
        self._environment = environment
        self._before = EMPTY
        self._trouble = Banner(theme, icons)
        self._title = QLabel()
        self.name_field = QLineEdit(maxLength=LONGEST_NAME)
        self.source_field = QLineEdit()
        self._browse = QPushButton(self.tr("Choose…"), autoDefault=False)
        self.private_box = QCheckBox(self.tr("Allow an address of this computer or network"))
        self.token_field = SecretField(theme, icons)
        self.columns_field = QLineEdit()
        self.match_box = QComboBox()
        self.pattern_field = QLineEdit()
        self.every_box = QComboBox()
        self.push_box = QCheckBox(self.tr("Push approved images"))
        self.folder_field = QLineEdit()
        self.channel_box = QComboBox()
        self._form = Form()
        self.save_button = QPushButton(self.tr("Save"), autoDefault=False, default=True)
        self._build()

    def show_feed(self, feed: Feed | None) -> None:
        """Change this one; None begins a new one."""
        self._before = feed or EMPTY
        told = self._before
        self._title.setText(self.tr("Change a feed") if feed else self.tr("New feed"))
        self.name_field.setText(told.name)
        self.source_field.setText(told.source)
        self.private_box.setChecked(told.private_allowed)
        self.token_field.clear()
        self.columns_field.setText(", ".join(f"{one}={other}" for one, other in told.columns))
        self.match_box.setCurrentIndex(self.match_box.findData(told.match_by.value))
        self.pattern_field.setText(told.pattern)
        if self.every_box.findData(told.every_min) < 0:
            self.every_box.addItem(every_text(told.every_min), told.every_min)
        self.every_box.setCurrentIndex(self.every_box.findData(told.every_min))
        environment = told.environment or self._environment()
        text = self.tr("Push approved images to {environment}")
        self.push_box.setText(text.format(environment=environment or self.tr("Cloudinary")))
        self.push_box.setEnabled(bool(environment))
        self.push_box.setChecked(told.pushes)
        self.folder_field.setText(told.folder)
        self.channel_box.setCurrentIndex(self.channel_box.findData(told.channel))
        self._trouble.hush()
        self.save_button.setEnabled(True)
        self._show_rows()
        self.name_field.setFocus()

    def show_error(self, error: BridgeError) -> None:
        """It was not taken; what was typed stays."""
        self._trouble.say(Tone.NEGATIVE, error_text(error))
        self.save_button.setEnabled(True)

    def feed(self) -> Feed:
        """What is entered. Raises InvalidInputError."""
        made = replace(
            self._before,
            name=self.name_field.text().strip(),
            source=self.source_field.text().strip(),
            private_allowed=self.private_box.isChecked(),
            columns=tuple(map(_column, filter(str.strip, self.columns_field.text().split(",")))),
            match_by=MatchBy(self.match_box.currentData()),
            pattern=self.pattern_field.text().strip() or DEFAULT_PATTERN,
            every_min=self.every_box.currentData(),
            pushes=self.push_box.isChecked(),
            environment=self._before.environment or self._environment(),
            folder=self.folder_field.text().strip(),
            channel=self.channel_box.currentData(),
        )
        check_feed(made)
        return made

    def _build(self) -> None:
        self._title.setProperty("tone", "title")
        self.name_field.setPlaceholderText(self.tr("PIM, ERP, shop, …"))
        self.source_field.setPlaceholderText(self.tr("A folder, a file, or https://…"))
        self.columns_field.setPlaceholderText(
            self.tr("Artikelnummer=sku, Bezeichnung=product_name")
        )
        self.folder_field.setPlaceholderText(
            self.tr("{campaign} stands for the product's campaign")
        )
        self.token_field.setPlaceholderText(self.tr("If the address asks for one"))
        self.match_box.addItem(self.tr("By names of files"), MatchBy.FILE_NAME.value)
        self.match_box.addItem(self.tr("By keywords (sku:… or the SKU)"), MatchBy.KEYWORD.value)
        for minutes, _ in EVERY:
            self.every_box.addItem(every_text(minutes), minutes)
        for channel, name in channel_groups()[0].codes.items():
            self.channel_box.addItem(name, channel)
        self.source_field.textChanged.connect(self._show_rows)
        self.match_box.currentIndexChanged.connect(self._show_rows)
        self.push_box.toggled.connect(self._show_rows)
        self._browse.clicked.connect(self._choose)
        source = QHBoxLayout()
        source.setSpacing(8)
        source.addWidget(self.source_field, 1)
        source.addWidget(self._browse)
        self._form.addRow(self.tr("&Name"), self.name_field)
        label = QLabel(self.tr("&Products from"))
        label.setBuddy(self.source_field)
        self._form.addRow(label, source)
        for text, widget in (
            ("", self.private_box),
            (self.tr("&Token"), self.token_field),
            (self.tr("&Columns"), self.columns_field),
            (self.tr("Find &images"), self.match_box),
            (self.tr("Name pa&ttern"), self.pattern_field),
            (self.tr("&Read"), self.every_box),
            ("", self.push_box),
            (self.tr("Into &folder"), self.folder_field),
            (self.tr("For c&hannel"), self.channel_box),
        ):
            self._form.addRow(text, widget)
        self._add_foot()

    def _add_foot(self) -> None:
        back = QPushButton(self.tr("Back"), autoDefault=False)
        back.clicked.connect(self.backWanted)
        self.save_button.clicked.connect(self._enter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._title)
        layout.addWidget(self._trouble)
        layout.addLayout(self._form)
        layout.addStretch(1)
        layout.addLayout(form_foot(back, self.save_button))

    def _show_rows(self, *_: object) -> None:
        """Only what matters for what is entered."""
        remote = "://" in self.source_field.text()
        self._form.setRowVisible(self.private_box, remote)
        self._form.setRowVisible(self.token_field, remote)
        by_name = self.match_box.currentData() == MatchBy.FILE_NAME
        self._form.setRowVisible(self.pattern_field, by_name)
        for row in (self.folder_field, self.channel_box):
            self._form.setRowVisible(row, self.push_box.isChecked())

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder with feeds"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.source_field.setText(str(Path(path))))
        open_dialog(dialog)

    def _enter(self) -> None:
        try:
            feed = self.feed()
        except InvalidInputError as error:
            self.show_error(error)
            return
        self.save_button.setEnabled(False)
        typed = self.token_field.text().strip()
        self.entered.emit(feed, Secret(typed) if typed and feed.is_remote else None)


def _column(text: str) -> tuple[str, str]:
    theirs, equals, ours = text.rpartition("=")
    if not (theirs.strip() and equals and ours.strip()):
        raise InvalidInputError(what=text.strip(), detail="it has to look like Artikelnummer=sku")
    return theirs.strip(), ours.strip()
