"""What the window has done for a person: decisions, pushes, libraries, drops; asked off the GUI.

Everything here ends in a call of the worker or in a dialog; trouble goes to the message bar.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId, LibraryId, LibraryKind, LibraryRecord
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import BridgeError
from bridge_app.domain.query import Query, Sort
from bridge_app.domain.shelter import shelter_of
from bridge_app.ui.account_errands import AccountErrands
from bridge_app.ui.asker import Asker
from bridge_app.ui.decision_step import Decided, decide
from bridge_app.ui.dropping import Dropped, contents, file_url
from bridge_app.ui.leaving_words import warn
from bridge_app.ui.looks import Looks
from bridge_app.ui.messages import one_line
from bridge_app.ui.mirror_errands import MirrorErrands
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import Question, ask_first
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.remembering import Remembering
from bridge_app.ui.replacements import Replacements
from bridge_app.work.exchange.leaving import Handing
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415

LOOK_AFTER_MS = 300
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """Files that are being copied into a library: where, and which contents (SHA-256)."""

    place: Query
    contents: frozenset[str]
    known: tuple[AssetId, ...]


class Errands(QObject):
    """Carries out what the window's actions stand for.

    Args:
        window: The parent of dialogs.
        messages: Where trouble and results are told.
    """

    decided = Signal()  # a decision is on disk
    ruled = Signal(object)  # Decided: it can be taken back
    pushed = Signal(str)  # a batch is queued
    added = Signal(object)  # LibraryRecord that was added

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        remembering: Remembering,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self._remembering = remembering
        self.accounts = AccountErrands(window, worker, asker, looks, messages=messages)
        self.mirror = MirrorErrands(window, worker, asker, looks, messages=messages)
        self.replacements = Replacements(window, worker, asker, looks, messages)
        self._awaited: Awaited | None = None
        self._look_again = QTimer(self, interval=LOOK_AFTER_MS, singleShot=True)
        self._look_again.timeout.connect(self._find_taken_in)

    def decide(self, assets: Sequence[AssetId], approval: Approval, comment: str = "") -> None:
        """Have a decision recorded; `decided` tells when it is on disk."""
        wanted = tuple(assets)

        def done(step: Decided) -> None:
            count = step.count
            self.decided.emit()
            self.ruled.emit(step)
            if count < len(wanted):
                text = self.tr(
                    "%Ln file(s) could not be decided on: nobody can read them.",
                    "",
                    len(wanted) - count,
                )
                self._messages.say(Tone.WARNING, text)

        self._asker.ask(
            lambda: decide(self._worker, wanted, approval, comment=comment, initiator=self),
            done,
            self._messages.show_error,
        )

    def ask_for_comment(self, assets: Sequence[AssetId], approval: Approval) -> None:
        """Ask why, then have the decision recorded."""
        from bridge_app.ui.dialogs.decide import DecideDialog

        wanted = tuple(assets)
        dialog = DecideDialog(
            self._looks.theme, self._looks.icons, approval, len(wanted), self._window
        )
        dialog.decided.connect(lambda comment: self.decide(wanted, approval, comment))
        open_dialog(dialog)

    def push(self, assets: Sequence[AssetId]) -> None:
        """Show the plan of a push."""
        from bridge_app.ui.dialogs.push_sheet import PushSheet, PushWish

        kept = self._remembering.settings
        wish = PushWish(assets=tuple(assets), folder=kept.push_folder, tags=kept.push_tags)
        sheet = PushSheet(
            self._worker, self._asker, self._looks.theme, self._looks.icons, wish, self._window
        )
        sheet.pushed.connect(self.pushed)
        sheet.replacing.connect(self.replacements.follow)
        sheet.targetRemembered.connect(self._remember_target)
        open_dialog(sheet)

    def choose_folder(self) -> None:
        """Ask for a folder and add it as a library."""
        dialog = QFileDialog(self._window, self.tr("Add a folder"))
        dialog.setDirectory(self._near_masters())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.add_folders((Path(chosen),)))
        open_dialog(dialog)

    def _near_masters(self) -> str:
        """Where somebody looks for a folder first: their pictures, or else their home."""
        place = QStandardPaths.StandardLocation
        pictures = QStandardPaths.writableLocation(place.PicturesLocation)
        there = Path(pictures).is_dir()
        return pictures if there else QStandardPaths.writableLocation(place.HomeLocation)

    def add_folders(self, folders: Sequence[Path]) -> None:
        """Have folders added as libraries; looking through them starts by itself."""
        for folder in folders:
            self._asker.ask(
                partial(self._worker.add_library, folder),
                self.added.emit,
                self._messages.show_error,
            )

    def show_skipped(self, library: LibraryRecord) -> None:
        """Show which files of a library could not be taken, and why."""
        from bridge_app.ui.dialogs.skipped import SkippedDialog

        open_dialog(
            SkippedDialog(
                self._worker,
                self._asker,
                self._looks.theme,
                self._looks.icons,
                library,
                self._window,
            )
        )

    def remove_library(self, library: LibraryRecord) -> None:
        """Ask, then have a library forgotten; no file is touched."""
        if library.kind is LibraryKind.CLOUDINARY:
            text = self.tr("This shows the account in use. Log out of it, or switch to another.")
            self._messages.say(Tone.INFO, text)
            return
        question = Question(
            icon="trash-2",
            title=self.tr("Remove “{name}” from Asset Bridge?").format(name=one_line(library.name)),
            text=self.tr(
                "Its files stay where they are, and so do all decisions about them. What was "
                "pushed stays at Cloudinary."
            ),
            act=self.tr("Remove"),
            leave=self.tr("Keep"),
        )
        self._confirm(question, lambda: self._worker.remove_library(library.id))

    def offer_to_forget(self, library: LibraryRecord, text: str) -> None:
        """Many files are gone: tell, and offer to forget them."""
        action = QAction(self.tr("Forget them…"), self)
        question = Question(
            icon="trash-2",
            title=self.tr("Forget the missing files of “{name}”?").format(
                name=one_line(library.name)
            ),
            text=self.tr(
                "They vanish from the window. Decisions about them stay in the record, and they "
                "come back if the files do."
            ),
            act=self.tr("Forget them"),
            leave=self.tr("Keep them"),
        )
        action.triggered.connect(
            lambda: self._confirm(question, lambda: self._worker.forget_missing(library.id))
        )
        self._messages.say(Tone.WARNING, text, action=action)

    def drop(self, dropped: Dropped, here: LibraryRecord | None, folder: str) -> None:
        """Do what was announced while it was dragged; `here` and `folder` is the place shown."""
        from bridge_app.ui.dialogs.take_in import TakeInDialog, TakeInWish

        self.add_folders(dropped.folders)
        local = [one for one in self._worker.libraries() if one.kind is LibraryKind.LOCAL]
        if dropped.unknown and not local:
            self._messages.say(
                Tone.INFO, self.tr("Add a folder first; dropped files are copied into one.")
            )
        elif dropped.unknown:
            into = here if here is not None and here.kind is LibraryKind.LOCAL else None
            wish = TakeInWish(
                sources=dropped.unknown,
                library=into.id if into else None,
                folder=folder if into else "",
            )
            dialog = TakeInDialog(
                self._worker, self._asker, self._looks.theme, self._looks.icons, wish, self._window
            )
            dialog.taken.connect(lambda library, into: self._await_taken_in(dropped, library, into))
            open_dialog(dialog)
        elif dropped.known:
            self.push(dropped.known)

    def take_changes(self, changes: ChangeSet) -> None:
        """Files that were taken in may be in the catalog now, and pushes may have ended."""
        self.replacements.take_changes(changes)
        if self._awaited is not None and (changes.listing or changes.assets):
            self._look_again.start()

    def copy_paths(self, assets: Sequence[Asset]) -> None:
        """Put the paths of these on the clipboard, one in each line."""
        lines = [one_line(str(path)) for path in self._paths(assets)]
        if lines:
            put = partial(QGuiApplication.clipboard().setText, "\n".join(lines))
            self._hand_over(assets, Handing.LOCATED, put)

    def open_original(self, asset: Asset) -> None:
        """Open the file in the program that the system has for it."""
        if paths := self._paths([asset]):
            self._hand_over([asset], Handing.OPENED, partial(self._show, paths))

    def reveal(self, asset: Asset) -> None:
        """Show the file's folder in the file manager."""
        if paths := self._paths([asset]):
            folders = [path.parent for path in paths]
            self._hand_over([asset], Handing.LOCATED, partial(self._show, folders))

    def _hand_over(self, assets: Sequence[Asset], how: Handing, act: Callable[[], object]) -> None:
        """Act if no policy is against it, and say what the gate has against these."""
        leaving, chosen = self._worker.leaving, [one.id for one in assets]

        def may(against: Mapping[AssetId, str]) -> None:
            act()
            warn(self._messages, against)

        self._asker.ask(lambda: leaving.hand_over(chosen, how), may, self._messages.show_error)

    def path_of(self, asset: Asset) -> str:
        """Where the asset's file lies, for people to read."""
        environment = environment_of(asset.library)
        if environment is not None:
            return f"{environment}: {asset.path}"
        if shelter_of(asset.library) is not None:
            known = [one.name for one in self._worker.libraries() if one.id == asset.library]
            return f"{''.join(known)}: {asset.path}"
        return "".join(str(path) for path in self._paths([asset]))

    def _paths(self, assets: Sequence[Asset]) -> list[Path]:
        try:
            return [self._worker.file_path(asset) for asset in assets]
        except BridgeError as error:
            self._messages.show_error(error)
            return []

    def _show(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if not QDesktopServices.openUrl(file_url(path)):
                self._messages.say(
                    Tone.WARNING,
                    self.tr("The system has no program to open {path} with.").format(
                        path=one_line(str(path))
                    ),
                )

    def _await_taken_in(self, dropped: Dropped, library: str, folder: str) -> None:
        """Once the copies are in the catalog, under whatever names, their push is shown."""
        place = Query(
            library=LibraryId(library), folder=folder, sort=Sort.MODIFIED, descending=True
        )

        def done(wanted: frozenset[str]) -> None:
            self._awaited = Awaited(place=place, contents=wanted, known=dropped.known)
            self._look_again.start()

        self._asker.ask(lambda: contents(dropped.unknown), done, self._messages.show_error)

    def _find_taken_in(self) -> None:
        awaited = self._awaited
        if awaited is None:
            return
        now = self._looks.now()

        def done(assets: list[Asset]) -> None:
            found = {asset.sha256: asset.id for asset in assets if asset.sha256}
            if self._awaited is awaited and awaited.contents <= found.keys():
                self._awaited = None
                self.push((*awaited.known, *(found[sha256] for sha256 in awaited.contents)))

        self._asker.read(
            lambda reader: reader.page(awaited.place, offset=0, limit=LOOKED_AT, now=now),
            done,
            self._messages.show_error,
        )

    def _remember_target(self, folder: str, tags: str) -> None:
        kept = self._remembering.settings
        self._remembering.keep(replace(kept, push_folder=folder, push_tags=tags))

    def _confirm(self, question: Question, act: Callable[[], None]) -> None:
        looks, go = self._looks, partial(self._asker.ask, act, _done, self._messages.show_error)
        ask_first(looks.theme, looks.icons, question, self._window, go)


def _done(_: object) -> None:
    """The change set tells what is different."""
