"""Assets in other programs: which there are, and what became of what was changed there."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.errors import GateRefusalError
from bridge_app.ui.collation import in_reading_order
from bridge_app.ui.dialogs.take_in import TakeInDialog, TakeInWish
from bridge_app.ui.latest import Latest
from bridge_app.ui.messages import error_text, isolated, one_line
from bridge_app.ui.models.asset_selection import AssetSelection
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.confirm import ConfirmDialog, Question
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.ui.window_core import Core
from bridge_app.work.exchange.edited_files import EditedFile
from bridge_app.work.exchange.programs import Program, kind_of

SETTLE_MS = 1500
"""Programs write a file several times when they save it."""
FIRST_LOOK_MS = 8000
MOST_REMEMBERED = 60


class OpenWith(QObject):
    """The submenu, and who looks after what was opened; GUI thread only."""

    def __init__(
        self, window: QWidget, core: Core, selection: AssetSelection, messages: MessageBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker, self._asker, self._looks = core.worker, core.asker, core.looks
        self._remembering = core.remembering
        self._opens = core.actions.exchange.open_with
        self._selection = selection
        self._messages = messages
        self._reading, self._checking = Latest(core.asker, self), Latest(core.asker, self)
        self._here: dict[AssetId, str | None] = {}
        self._told: set[tuple[str, str]] = set()
        self.menu = QMenu(window)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._opens.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        self._watcher.fileChanged.connect(lambda _: self._settle.start())
        self._settle.timeout.connect(self.look)
        selection.chosen.connect(self._follow)
        self._follow()
        core.bridge.changed.connect(self.take_changes)
        # What the last run did not hear of; nobody waits for it.
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)
        core.remembering.isFirst.connect(self.look)

    def look(self) -> None:
        """Ask about copies that other programs changed; each content once, in one window."""
        if not self._remembering.is_first:
            return
        opening = self._worker.opening
        self._checking.ask(opening.changed, self._tell_changed, self._messages.show_error)

    def take_changes(self, changes: ChangeSet) -> None:
        """Something was read again: is it what was opened in another program?"""
        ids = [asset for asset in self._here if asset in changes.assets or changes.listing]
        if ids:
            self._asker.read(lambda reader: reader.assets(ids), self._tell_versions, lambda _: None)

    def open(self, asset: Asset, program: Program) -> None:
        """Open it, and remember the program for files of this kind."""
        self._remember(kind_of(asset), program.id)
        opening = self._worker.opening

        def opened(copy: EditedFile | None) -> None:
            if copy is None:
                self._here[asset.id] = asset.content
            else:
                self._watch(copy)

        self._asker.ask(lambda: opening.open(asset, program), opened, self._messages.show_error)

    def _follow(self) -> None:
        self._opens.setEnabled(self._selection.count == 1)

    def _fill(self) -> None:
        self.menu.clear()
        asset = self._selection.single()
        if asset is None:
            return
        waiting = self.menu.addAction(self.tr("Looking for programs…"))
        waiting.setEnabled(False)
        opening = self._worker.opening
        self._reading.ask(
            lambda: opening.programs(asset),
            partial(self._offer, asset),
            self._messages.show_error,
        )

    def _offer(self, asset: Asset, found: Sequence[Program]) -> None:
        self.menu.clear()
        last = self._remembered().get(kind_of(asset))
        for program in sorted(
            in_reading_order(found, lambda one: one.name), key=lambda one: one.id != last
        ):
            action = self.menu.addAction(one_line(program.name))
            action.triggered.connect(partial(self.open, asset, program))
        if not found:
            none = self.menu.addAction(self.tr("No program is known for such files"))
            none.setEnabled(False)

    def _watch(self, copy: EditedFile) -> None:
        self._watcher.addPaths([str(copy.file.parent), copy.path])

    def _tell_changed(self, found: Sequence[EditedFile]) -> None:
        for one in found:
            self._watch(one)
        new = [one for one in found if (one.path, one.now) not in self._told]
        self._told |= {(one.path, one.now) for one in new}
        for one in new:
            if one.service:
                self._offer_version(one)
        new = [one for one in new if not one.service]
        if not new:
            return
        take = QAction(self.tr("Take In…"), self)
        take.triggered.connect(partial(self._take_in, new))
        if len(new) == 1:
            text = self.tr(
                "“{name}” was changed in another program. Its master is in Cloudinary and stays "
                "as it is; the changed file can be taken into a library as a new master."
            ).format(name=isolated(one_line(new[0].name)))
        else:
            text = self.tr(
                "%Ln copies of masters in Cloudinary were changed in other programs. They can be "
                "taken into a library as new masters.",
                "",
                len(new),
            )
        self._messages.say(Tone.INFO, text, action=take)

    def _offer_version(self, copy: EditedFile) -> None:
        offer = QAction(self.tr("New Version…"), self)
        offer.triggered.connect(partial(self.look_at_version, copy))
        text = self.tr(
            "“{name}” was changed in another program. It can become the new version at {service}, "
            "or be taken into a library as a new master."
        ).format(name=isolated(one_line(copy.name)), service=isolated(copy.service))
        self._messages.say(Tone.INFO, text, action=offer)

    def look_at_version(self, copy: EditedFile, *_: bool) -> None:
        """Ask the gate first: what could not leave anyway is not asked about."""
        self._told.add((copy.path, copy.now))
        opening = self._worker.opening

        def told(against: str) -> None:
            if not against:
                self._ask_for_version(copy)
                return
            take = QAction(self.tr("Take In…"), self)
            take.triggered.connect(partial(self._take_in, [copy]))
            refusal = GateRefusalError(name=copy.name, reasons=against)
            self._messages.say(Tone.NEGATIVE, error_text(refusal), action=take)

        look = partial(opening.against, copy, approved=True)
        self._asker.ask(look, told, self._messages.show_error)

    def _ask_for_version(self, copy: EditedFile) -> None:
        if copy.environment:
            text = self.tr(
                "“{name}” gets the changed file in Cloudinary ({environment}), at the same "
                "address: everybody who uses it sees the new one. You approve the changed file "
                "with this. The file before comes back only where the environment keeps backups."
            )
            act = self.tr("Approve and Send")
        else:
            text = self.tr(
                "“{name}” gets the changed file at {service}. The file before stays there among "
                "its versions; its approval does not count for the new one."
            )
            act = self.tr("Make New Version")
        question = Question(
            icon="upload",
            title=self.tr("Make it the new version?"),
            text=text.format(
                name=isolated(one_line(copy.name)),
                service=isolated(copy.service),
                environment=isolated(one_line(copy.environment)),
            ),
            act=act,
            leave=self.tr("Cancel"),
        )
        instead = QPushButton(self.tr("Take In as a New Master…"), autoDefault=False)
        instead.setProperty("kind", "quiet")
        looks = self._looks
        dialog = ConfirmDialog(looks.theme, looks.icons, question, self._window, more=instead)

        def take_in() -> None:
            dialog.accept()
            self._take_in([copy])

        instead.clicked.connect(take_in)
        dialog.confirmed.connect(partial(self._make_version, copy))
        dialog.rejected.connect(lambda: self._told.discard((copy.path, copy.now)))
        open_dialog(dialog)

    def _make_version(self, copy: EditedFile) -> None:
        self._here[copy.asset] = copy.base
        worker = self._worker

        def make() -> str:
            if copy.environment:
                worker.approvals.approve_content(copy.asset, copy.now)
            return worker.opening.make_version(copy)

        self._asker.ask(make, lambda _: None, self._messages.show_error)

    def _take_in(self, copies: Sequence[EditedFile], *_: bool) -> None:
        looks, opening = self._looks, self._worker.opening
        keys = {(one.path, one.now) for one in copies}
        wish = TakeInWish(sources=tuple(one.file for one in copies), library=None)
        dialog = TakeInDialog(
            self._worker, self._asker, looks.theme, looks.icons, wish, self._window
        )

        def taken() -> None:
            self._told -= keys
            settle = partial(opening.settle, copies)
            self._asker.ask(settle, lambda _: None, self._messages.show_error)

        dialog.taken.connect(taken)
        dialog.rejected.connect(lambda: self._told.difference_update(keys))
        open_dialog(dialog)

    def _tell_versions(self, found: Sequence[Asset]) -> None:
        """What was opened where it lies has other content: that is a new version already."""
        for now in found:
            is_known = now.id in self._here and self._here[now.id] != now.content
            if not is_known:
                continue
            self._here[now.id] = now.content
            name = isolated(one_line(now.name))
            if now.lapsed:
                text = self.tr(
                    "“{name}” was changed in another program. It is a new version: its approval "
                    "does not count for it."
                )
                self._messages.say(Tone.WARNING, text.format(name=name))
            else:
                text = self.tr("“{name}” was changed in another program. It is a new version.")
                self._messages.say(Tone.POSITIVE, text.format(name=name))

    def _remembered(self) -> dict[str, str]:
        lines = self._remembering.settings.opened_with.splitlines()
        pairs = (line.partition("\t") for line in lines)
        return {kind: program for kind, _, program in pairs}

    def _remember(self, kind: str, program: str) -> None:
        known = {**self._remembered(), kind: program}
        lines = [f"{one}\t{known[one]}" for one in list(known)[-MOST_REMEMBERED:]]
        settings = replace(self._remembering.settings, opened_with="\n".join(lines))
        self._remembering.keep(settings)
