"""Asks before an environment is logged out of, and whether what is catalogued of it goes too."""

from PySide6.QtWidgets import QCheckBox, QWidget

from bridge_app.ui.icons import Icons
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.theme import Theme


class LogOutDialog(ConfirmDialog):
    """A question with a box, which is off."""

    def __init__(self, theme: Theme, icons: Icons, question: Question, parent: QWidget) -> None:
        box = QCheckBox(self.tr("Forget what is catalogued of it here too"))
        box.setToolTip(self.tr("It is read from Cloudinary again when you come back."))
        super().__init__(theme, icons, question, parent, more=box)
        self._with_cache = box

    @property
    def with_cache(self) -> bool:
        """Is the environment's cache wanted away?"""
        return self._with_cache.isChecked()
