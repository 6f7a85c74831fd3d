"""The form for one upload preset: what every upload that names it is to have."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bridge_app.delivery.upload_presets import UploadPreset
from bridge_app.ui.parts.banner import Banner, Tone
from bridge_app.ui.parts.form import Form

WIDTH_PX = 480
USUAL = {"use_filename": False, "unique_filename": True, "overwrite": True}
"""What an upload does where its preset says nothing. Source: reference/cloudinary.md 3.2."""


class UploadPresetForm(QDialog):
    """For a new preset, or an existing one, whose name stays.

    `wanted` gives the UploadPreset as it is to be; the dialog stays open until it is told that
    all went well (`accept`) or not (`say`).
    """

    wanted = Signal(object)  # UploadPreset

    def __init__(
        self,
        banner: Banner,
        preset: UploadPreset | None = None,
        *,
        dynamic: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = preset
        settings = preset.settings if preset else {}
        self._name = QLineEdit(preset.name if preset else "")
        self._unsigned = QCheckBox(self.tr("Uploads need no signature"))
        self._unsigned.setChecked(preset is not None and preset.unsigned)
        self._folder_key = "asset_folder" if dynamic else "folder"
        self._texts = {
            self._folder_key: (self.tr("Folder"), "spring/web"),
            "tags": (self.tr("Tags"), "spring, web"),
            "allowed_formats": (self.tr("Formats allowed"), "jpg, png, webp"),
            "transformation": (self.tr("Incoming transformation"), "c_limit,w_4000"),
            "eager": (self.tr("Renditions made at once"), "c_fill,w_400,h_300|c_limit,w_1600"),
            "moderation": (self.tr("Moderation"), "manual"),
        }
        self._fields = {name: QLineEdit(setting_text(settings.get(name))) for name in self._texts}
        self._flags = {
            "use_filename": QCheckBox(self.tr("The file's name is the public ID")),
            "unique_filename": QCheckBox(self.tr("Random letters make names unique")),
            "overwrite": QCheckBox(self.tr("A file of the same public ID is replaced")),
        }
        for name, flag in self._flags.items():
            flag.setChecked(bool(settings.get(name, USUAL[name])))
        self._trouble = banner
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._keep = QPushButton(self.tr("Save") if preset else self.tr("Create"), default=True)
        self._build()

    def say(self, text: str) -> None:
        """It could not be kept, and why; what was typed stays."""
        self._keep.setEnabled(True)
        self._trouble.say(Tone.NEGATIVE, text)

    def wish(self) -> UploadPreset:
        """The preset as the form has it; only what was filled in or was there before."""
        before: Mapping[str, Any] = self._before.settings if self._before else {}
        texts = {name: field.text().strip() for name, field in self._fields.items()}
        flags = {name: flag.isChecked() for name, flag in self._flags.items()}
        settings: dict[str, Any] = {
            **{
                name: text for name, text in texts.items() if text != setting_text(before.get(name))
            },
            **{name: on for name, on in flags.items() if on != bool(before.get(name, USUAL[name]))},
        }
        return UploadPreset(
            name=self._name.text().strip(), unsigned=self._unsigned.isChecked(), settings=settings
        )

    def _build(self) -> None:
        title = self.tr("Upload preset") if self._before else self.tr("New upload preset")
        self.setWindowTitle(title)
        self.resize(WIDTH_PX, self.sizeHint().height())
        self._name.setReadOnly(self._before is not None)
        self._name.textChanged.connect(self._follow)
        form = Form()
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Name"), self._name)
        form.addRow("", self._unsigned)
        for name, (label, example) in self._texts.items():
            field = self._fields[name]
            field.setPlaceholderText(example)
            field.setAccessibleName(label)
            form.addRow(label, field)
        for flag in self._flags.values():
            form.addRow("", flag)
        self._buttons.addButton(self._keep, QDialogButtonBox.ButtonRole.ActionRole)
        self._buttons.rejected.connect(self.reject)
        self._keep.clicked.connect(self._have_kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._trouble)
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        self._follow()

    def _follow(self) -> None:
        self._keep.setEnabled(bool(self._name.text().strip()))

    def _have_kept(self) -> None:
        self._trouble.hush()
        self._keep.setEnabled(False)
        self.wanted.emit(self.wish())


def setting_text(value: object) -> str:
    """A setting as text; lists as the service writes them."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
