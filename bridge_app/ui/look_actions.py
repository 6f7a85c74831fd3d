"""What the View menu offers about the looks, beside colours and language."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from bridge_app.ui.messages import number_text
from bridge_app.ui.text_size import LIKE_THE_DESKTOP, SIZES
from bridge_app.ui.theme import Scheme


class LookActions(QObject):
    """Made with the window's other actions; `wire_looks` connects them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.light_contrast = QAction(self.tr("&High Contrast, Light"), self)
        self.dark_contrast = QAction(self.tr("High &Contrast, Dark"), self)
        self.compact = QAction(self.tr("C&ompact"), self)
        self.compact.setShortcut(QKeySequence("Ctrl+Alt+D"))
        self.arrange = QAction(self.tr("Arrange Pane&ls"), self)
        self.swap = QAction(self.tr("S&wap Sides"), self)
        self.put_back = QAction(self.tr("&Usual Places"), self)
        self.still = QAction(self.tr("&Reduce Motion"), self)
        for action in (self.still, self.compact, self.arrange):
            action.setCheckable(True)
        as_ever = QCoreApplication.translate("Actions", "Like the &System")
        self.text_sizes = {LIKE_THE_DESKTOP: QAction(as_ever, self)}
        for percent in SIZES:
            text = f"{number_text(percent)} {QLocale().percent()}"
            self.text_sizes[percent] = QAction(text, self)
        group = QActionGroup(self)
        for action in self.text_sizes.values():
            action.setCheckable(True)
            group.addAction(action)

    @property
    def of_the_window(self) -> tuple[QAction, ...]:
        """How dense it is, where its panels are, and whether anything moves."""
        return self.compact, self.arrange, self.swap, self.put_back, self.still

    @property
    def schemes(self) -> dict[Scheme, QAction]:
        """The colours that are chosen by these."""
        return {
            Scheme.LIGHT_CONTRAST: self.light_contrast,
            Scheme.DARK_CONTRAST: self.dark_contrast,
        }
