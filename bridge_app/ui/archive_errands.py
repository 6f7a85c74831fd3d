"""What the window has done about archiving campaigns: the preview, the yes, and the taking back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QWidget

from bridge_app.domain.shelter import ShelterContainer, shelter_library
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.ui.dialogs.keep_offline import ShelterPlace


class ArchiveErrands(QObject):
    """Carries out what the actions about archives stand for."""

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages

    def archive(self, place: "ShelterPlace") -> None:
        """Show what archiving a folder would do."""
        library = shelter_library(place.account)

        def found(container: ShelterContainer | None) -> None:
            if container is not None:
                self._show(place, container)

        self._asker.ask(
            lambda: self._worker.shelters.container_at(library, place.folder),
            found,
            self._messages.show_error,
        )

    def show_all(self) -> None:
        """Show the campaigns that were archived."""
        from bridge_app.ui.dialogs.archives import ArchivesDialog

        open_dialog(ArchivesDialog(self._worker.archive, self._asker, self._looks, self._window))

    def _show(self, place: "ShelterPlace", container: ShelterContainer) -> None:
        from bridge_app.ui.dialogs.archive import ArchiveDialog, ArchivePlace

        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        wish = ArchivePlace(
            account=place.account,
            container=container.id,
            name=container.name,
            above=Path(documents),
        )
        dialog = ArchiveDialog(self._worker.archive, self._asker, self._looks, wish, self._window)
        dialog.begun.connect(self._is_begun)
        open_dialog(dialog)

    def _is_begun(self, name: str, count: int) -> None:
        text = self.tr("{name} is being archived in %Ln step(s).", "", count)
        self._messages.say(Tone.INFO, text.format(name=isolated(one_line(name))))
