"""What the window has done about libraries of PhotoShelter's kind: connect, keep, search, leave."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import AssetId, LibraryKind, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query
from bridge_app.domain.shelter import kind_of, service_name, shelter_of
from bridge_app.storage.shelters import ShelterRecord, WriteBackMode
from bridge_app.ui.asker import Asker
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import isolated, one_line
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.shelter_actions import ShelterActions
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from bridge_app.ui.dialogs.keep_offline import ShelterPlace
    from bridge_app.ui.dialogs.other_service import OtherServiceDialog
    from bridge_app.ui.dialogs.shelter_sign_in import ShelterSignInDialog


class ShelterErrands(QObject):
    """Carries out what the actions stand for, at the place that is shown."""

    showWanted = Signal(str, object)  # library, list[AssetId]: show these in the browser
    added = Signal(object)  # LibraryRecord
    archiveWanted = Signal(object)  # ShelterPlace

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        actions: ShelterActions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self.actions = actions
        self._query = Query()
        actions.search.triggered.connect(lambda: self.search(""))
        actions.keep.triggered.connect(self._keep)
        actions.let_go.triggered.connect(self._let_go)
        actions.intake.triggered.connect(self._set_intake)
        actions.archive.triggered.connect(self._want_archive)
        for mode, action in actions.modes.items():
            action.triggered.connect(partial(self._set_write_back, mode))
        actions.sign_in.triggered.connect(self._sign_in_again)
        actions.sign_out.triggered.connect(self._ask_before_sign_out)

    @property
    def library(self) -> LibraryRecord | None:
        """The library that is shown; else the only one of this kind, if there is one only."""
        known = [one for one in self._worker.libraries() if one.kind is LibraryKind.PHOTOSHELTER]
        shown = [one for one in known if one.id == self._query.library]
        if shown:
            return shown[0]
        return known[0] if len(known) == 1 else None

    @property
    def place(self) -> "ShelterPlace | None":
        """The folder that is shown, if it is one of such a library."""
        from bridge_app.ui.dialogs.keep_offline import ShelterPlace

        account = shelter_of(self._query.library) if self._query.library else None
        library = self.library
        if account is None or library is None:
            return None
        folder = self._query.folder
        name = folder.rpartition("/")[2] or library.name
        return ShelterPlace(account=account, folder=folder, name=name)

    def show_query(self, query: Query) -> None:
        """Another place is shown: what can be done follows."""
        self._query = query
        self._follow()

    def take_changes(self, changes: ChangeSet) -> None:
        """Libraries may have come or gone, and folders may be kept that were not."""
        if changes.libraries or changes.listing:
            self._follow()

    def connect_service(self) -> None:
        """Ask for address, key and person; then it is a library."""
        dialog = self._sign_in_dialog(None)
        dialog.added.connect(self._is_added)
        open_dialog(dialog)

    def connect_other(self) -> None:
        """The same for a service that another package brings."""
        from bridge_app.ui.dialogs.other_service import OtherServiceDialog

        dialog = OtherServiceDialog(self._worker, self._asker, self._looks, parent=self._window)
        dialog.added.connect(self._is_added)
        open_dialog(dialog)

    def search(self, words: str) -> None:
        """Have the service itself search; nothing is asked where no library of it is meant."""
        from bridge_app.ui.dialogs.shelter_search import ShelterSearchDialog

        library = self.library
        if library is None:
            text = self.tr("Choose the library of a service at the left first.")
            self._messages.say(Tone.INFO, text)
            return
        dialog = ShelterSearchDialog(
            self._worker, self._asker, self._looks, library, parent=self._window
        )
        dialog.showWanted.connect(lambda found: self._show_found(library, found))
        dialog.show_words(words)
        open_dialog(dialog)

    def _follow(self) -> None:
        place, actions = self.place, self.actions
        library = self.library
        account = shelter_of(library.id) if library else None
        actions.enable(
            on_place=place is not None,
            on_library=library is not None,
            service=service_name(account) if account else "",
        )
        actions.intake.setChecked(False)
        library = self.library
        account = shelter_of(library.id) if library else None
        if account is not None:
            actions.modes[self._worker.shelters.record(account).write_back].setChecked(True)
        if place is None:
            return
        desk, query = self._worker.shelters, self._query

        def look() -> tuple[bool, bool]:
            container = desk.container_at(query.library, query.folder) if query.library else None
            kept = place.folder in {one.folder for one in desk.kept(place.account)}
            marked = container is not None and container.id in desk.intakes(place.account)
            return kept, marked

        def seen(answer: tuple[bool, bool]) -> None:
            if self._query != query:
                return
            kept, marked = answer
            actions.let_go.setEnabled(kept)
            actions.keep.setEnabled(not kept)
            actions.intake.setChecked(marked)
            actions.intake.setEnabled(bool(place.folder))
            actions.archive.setEnabled(bool(place.folder))

        self._asker.ask(look, seen, self._messages.show_error)

    def _show_found(self, library: LibraryRecord, found: Sequence[AssetId]) -> None:
        self.showWanted.emit(library.id, list(found))

    def _is_added(self, library: LibraryRecord) -> None:
        text = self.tr("{name} is connected. Its collections appear as they are read.")
        self._messages.say(Tone.POSITIVE, text.format(name=isolated(one_line(library.name))))
        self.added.emit(library)

    def _sign_in_dialog(
        self, record: ShelterRecord | None
    ) -> "ShelterSignInDialog | OtherServiceDialog":
        from bridge_app.ui.dialogs.other_service import OtherServiceDialog

        if record is not None and kind_of(record.account):
            return OtherServiceDialog(self._worker, self._asker, self._looks, record, self._window)
        # It needs httpx, which takes a while to load: the window does not wait for that.
        from bridge_app.ui.dialogs.shelter_sign_in import ShelterSignInDialog

        return ShelterSignInDialog(self._worker, self._asker, self._looks, record, self._window)

    def _sign_in_again(self) -> None:
        library = self.library
        account = shelter_of(library.id) if library else None
        if account is None:
            return
        dialog = self._sign_in_dialog(self._worker.shelters.record(account))
        dialog.returned.connect(self._worker.shelters.sync)
        open_dialog(dialog)

    def _ask_before_sign_out(self) -> None:
        library = self.library
        account = shelter_of(library.id) if library else None
        if library is None or account is None:
            return
        question = Question(
            icon="log-out",
            title=self.tr("Sign out of {name}?").format(name=isolated(one_line(library.name))),
            text=self.tr(
                "Its key and password are deleted here. The library stays as it was last seen, "
                "with all decisions, and what is queued for it waits until you sign in again."
            ),
            act=self.tr("Sign out"),
            leave=self.tr("Stay"),
        )
        said = self.tr("You are signed out of {name}.").format(
            name=isolated(one_line(library.name))
        )
        self._confirm(question, lambda: self._worker.shelters.sign_out(account), said)

    def _keep(self) -> None:
        from bridge_app.ui.dialogs.keep_offline import KeepOfflineDialog

        place = self.place
        if place is None:
            return
        looks = self._looks
        dialog = KeepOfflineDialog(
            self._worker, self._asker, looks.theme, looks.icons, place, self._window
        )
        dialog.kept.connect(self._is_kept)
        open_dialog(dialog)

    def _is_kept(self, place: "ShelterPlace") -> None:
        text = self.tr("{name} is kept offline. Its pictures are fetched in the background.")
        self._messages.say(Tone.POSITIVE, text.format(name=isolated(one_line(place.name))))
        self._follow()

    def _let_go(self) -> None:
        place = self.place
        if place is None:
            return
        question = Question(
            icon="cloud-off",
            title=self.tr("Keep “{name}” offline no longer?").format(
                name=isolated(one_line(place.name))
            ),
            text=self.tr(
                "Its originals here are deleted, its pictures when room is needed. Everything "
                "stays at {service}."
            ).format(service=isolated(service_name(place.account))),
            act=self.tr("Let go"),
            leave=self.tr("Keep"),
        )
        desk = self._worker.shelters
        said = self.tr("{name} is not kept offline any more.")
        self._confirm(
            question,
            lambda: desk.let_go(place.account, place.folder),
            said.format(name=isolated(one_line(place.name))),
        )

    def _set_write_back(self, mode: WriteBackMode, *_: bool) -> None:
        library = self.library
        account = shelter_of(library.id) if library else None
        if account is not None:
            desk = self._worker.shelters
            self._asker.ask(
                lambda: desk.set_write_back(account, mode), lambda _: self._follow(), self._fail
            )

    def _want_archive(self) -> None:
        place = self.place
        if place is not None and place.folder:
            self.archiveWanted.emit(place)

    def _set_intake(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        place = self.place
        if place is None:
            return
        desk = self._worker.shelters
        said = (
            self.tr("New items in {name} go to the review queue from now on.")
            if on
            else self.tr("New items in {name} do not go to the review queue any more.")
        ).format(name=isolated(one_line(place.name)))
        self._asker.ask(
            lambda: desk.set_intake(place.account, place.folder, on=on),
            lambda _: self._messages.say(Tone.POSITIVE, said),
            self._fail,
        )

    def _confirm(self, question: Question, act: Callable[[], None], said: str) -> None:
        def done(_: None) -> None:
            self._messages.say(Tone.POSITIVE, said)
            self._follow()

        looks, go = self._looks, partial(self._asker.ask, act, done, self._fail)
        ask_first(looks.theme, looks.icons, question, self._window, go)

    def _fail(self, error: BridgeError) -> None:
        self._messages.show_error(error)
        self._follow()
