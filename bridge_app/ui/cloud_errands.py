"""What the window has done to assets at Cloudinary: shown first, queued, and taken back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.changes import ChangeSet
from bridge_app.domain.cloud import CloudAsset, environment_of
from bridge_app.domain.cloud_changes import ChangePlan, CloudAction
from bridge_app.domain.folder_changes import FolderPlace
from bridge_app.domain.jobs import JobRecord, JobState
from bridge_app.domain.query import Query
from bridge_app.ui.asker import Asker
from bridge_app.ui.cloud_actions import CloudActions
from bridge_app.ui.looks import Looks
from bridge_app.ui.panels.message_bar import MessageBar
from bridge_app.ui.panels.related_card import RelatedCard
from bridge_app.ui.parts.banner import Tone
from bridge_app.ui.parts.forewarning import Forewarning
from bridge_app.ui.parts.opening import open_dialog
from bridge_app.work.events import Connectivity
from bridge_app.work.worker import Worker

# Dialogs are loaded when they are opened.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.storage.search import CatalogReader
    from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog, CloudChoice, CloudWish

A_DAY_S = 24 * 60 * 60


class CloudErrands(QObject):
    """Carries out what the actions stand for; trouble and results go to the message bar."""

    folderMoved = Signal(object, str)  # FolderPlace as it was, its path now

    def __init__(
        self,
        window: QWidget,
        worker: Worker,
        asker: Asker,
        looks: Looks,
        *,
        messages: MessageBar,
        actions: CloudActions,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._worker = worker
        self._asker = asker
        self._looks = looks
        self._messages = messages
        self.actions = actions
        self._place: FolderPlace | None = None
        self._moving: dict[str, tuple[FolderPlace, str]] = {}
        self._under_way: dict[str, CloudAction] = {}
        self._asked: set[str] = set()
        self._look_again: set[str] = set()
        self._obey(actions)

    def show_query(self, query: Query) -> None:
        """The place that is shown: a folder of an environment can be renamed."""
        environment = environment_of(query.library) if query.library else None
        self._place = (
            FolderPlace(environment=environment, path=query.folder)
            if environment and query.folder
            else None
        )
        self.actions.at_folder(on=self._place is not None)

    def relate(self, card: RelatedCard, asset: Asset) -> None:
        """Ask what an asset is to be related to; the card has it done."""
        from bridge_app.ui.dialogs.relate import RelateDialog

        dialog = RelateDialog(self._asker, self._looks, asset, self._window)
        dialog.chosen.connect(card.relate)
        open_dialog(dialog)

    def _obey(self, actions: CloudActions) -> None:
        """Do what these actions stand for with what is chosen then."""
        from bridge_app.ui.dialogs.cloud_change import CloudWish

        for action, wish in (
            (actions.delete, CloudWish.DELETE),
            (actions.refresh, CloudWish.REFRESH),
            (actions.accept, CloudWish.ACCEPT),
            (actions.refuse, CloudWish.REFUSE),
        ):
            action.triggered.connect(lambda _=False, wish=wish: self._show(wish, actions.chosen))
        for action, wish in (
            (actions.rename, CloudWish.NAME),
            (actions.public_id, CloudWish.PUBLIC_ID),
        ):
            action.triggered.connect(
                lambda _=False, wish=wish: self._show_with_name(wish, actions.chosen)
            )
        actions.move.triggered.connect(lambda: self._show_move(actions.chosen))
        actions.folder.triggered.connect(self._show_folder)
        actions.folder_link.triggered.connect(self._copy_folder_link)
        actions.access.triggered.connect(lambda: self._show_access(actions.chosen))
        actions.versions.triggered.connect(self._show_versions)
        actions.copy_address.triggered.connect(lambda: self._copy_address(actions.chosen))
        self._warning = Forewarning(self._asker, actions.copy_address, actions.menu)
        for menu in (actions.menu, actions.place_menu):
            warning = Forewarning(self._asker, actions.folder_link, menu)
            menu.aboutToShow.connect(partial(self._forewarn_of_folder, warning))
        actions.menu.aboutToShow.connect(self._forewarn)
        actions.address.triggered.connect(self._show_address)

    def move_to(self, assets: Sequence[AssetId], folder: str) -> None:
        """Show what moving these to a folder would do."""
        from bridge_app.ui.dialogs.cloud_change import CloudWish

        self._show(CloudWish.FOLDER, assets, folder)

    def _show_move(self, assets: Sequence[AssetId]) -> None:
        """The field begins with the folder there is, and offers the others."""
        from bridge_app.ui.dialogs.cloud_change import CloudWish

        def look(reader: "CatalogReader") -> tuple[str, tuple[str, ...]] | None:
            asset = reader.cloud_asset(assets[0])
            if asset is None:
                return None
            folders = reader.folders(asset.library)
            return asset.asset_folder, tuple(one.path for one in folders if one.path)

        def found(answer: tuple[str, tuple[str, ...]] | None) -> None:
            if answer is not None:
                self._show(CloudWish.FOLDER, assets, *answer)

        if assets:
            self._asker.read(look, found, self._messages.show_error)

    def take_changes(self, changes: ChangeSet) -> None:
        """Something of what is under way may have ended."""
        if not changes.jobs:
            return
        self._look_again |= self._asked
        for batch in self._under_way.keys() - self._asked:
            self._look_at(batch)

    def carry_out(self, plan: ChangePlan, place: FolderPlace | None = None) -> None:
        """Have a plan queued, and tell of its end; `place` is the folder that it is about."""

        def queued(batch: str) -> None:
            if place is not None:
                self._moving[batch] = (place, plan.wish.value)
            self._under_way[batch] = plan.wish.action
            if self._worker.connectivity() is not Connectivity.ONLINE:
                text = self.tr("This is done as soon as Cloudinary can be reached.")
                self._messages.say(Tone.INFO, text)
            self._look_at(batch)

        desk = self._worker.cloud_desk
        self._asker.ask(lambda: desk.carry_out(plan), queued, self._messages.show_error)

    def _show(
        self,
        wish: "CloudWish",
        assets: Sequence[AssetId],
        text: str = "",
        folders: tuple[str, ...] = (),
    ) -> None:
        from bridge_app.ui.dialogs.cloud_change import CloudChoice

        if not assets:
            return
        choice = CloudChoice(wish=wish, assets=tuple(assets), text=text, folders=folders)
        dialog = self._dialog(choice)
        dialog.wished.connect(self.carry_out)
        open_dialog(dialog)

    def _show_folder(self) -> None:
        from bridge_app.ui.dialogs.cloud_change import CloudChoice, CloudWish

        place = self._place
        if place is None:
            return
        choice = CloudChoice(wish=CloudWish.WHOLE_FOLDER, text=place.path, place=place)
        dialog = self._dialog(choice)
        dialog.wished.connect(lambda plan: self.carry_out(plan, place))
        open_dialog(dialog)

    def _dialog(self, choice: "CloudChoice") -> "CloudChangeDialog":
        from bridge_app.ui.dialogs.cloud_change import CloudChangeDialog

        looks = self._looks
        return CloudChangeDialog(
            self._worker, self._asker, looks.theme, looks.icons, choice, self._window
        )

    def _show_with_name(self, wish: "CloudWish", assets: Sequence[AssetId]) -> None:
        """The field begins with the name there is."""
        from bridge_app.ui.dialogs.cloud_change import CloudWish

        def found(asset: CloudAsset | None) -> None:
            if asset is not None:
                by_name = wish is CloudWish.NAME
                self._show(wish, assets, asset.display_name if by_name else asset.public_id)

        if assets:
            self._asker.read(
                lambda reader: reader.cloud_asset(assets[0]), found, self._messages.show_error
            )

    def _show_access(self, assets: Sequence[AssetId]) -> None:
        from bridge_app.ui.dialogs.access import AccessDialog

        if not assets:
            return
        looks = self._looks
        dialog = AccessDialog(
            self._worker, self._asker, looks.theme, looks.icons, tuple(assets), self._window
        )
        dialog.wished.connect(self.carry_out)
        open_dialog(dialog)

    def _show_versions(self) -> None:
        from bridge_app.ui.dialogs.versions import VersionsDialog

        asset = self.actions.selection.single()
        if asset is None:
            return
        looks = self._looks
        dialog = VersionsDialog(
            self._worker, self._asker, looks.theme, looks.icons, asset, self._window
        )
        dialog.wished.connect(self.carry_out)
        open_dialog(dialog)

    def _show_address(self) -> None:
        from bridge_app.ui.dialogs.delivery_address import DeliveryAddressDialog

        asset = self.actions.selection.single()
        if asset is None:
            return
        desk = self._worker.cloud_desk
        dialog = DeliveryAddressDialog(desk, self._asker, self._looks, asset, self._window)
        dialog.copied.connect(self._tell_copied)
        open_dialog(dialog)

    def _tell_copied(self) -> None:
        self._messages.say(Tone.POSITIVE, self.tr("The address was copied."))

    def _forewarn(self) -> None:
        """What the gate says of the address, before somebody copies it."""
        desk, assets = self._worker.cloud_desk, self.actions.chosen
        self._warning.clear()
        self.actions.follow()
        if len(assets) == 1:
            self._warning.ask(lambda: desk.address(assets[0]))

    def _forewarn_of_folder(self, warning: Forewarning) -> None:
        place, desk = self._place, self._worker.cloud_desk
        warning.clear()
        self.actions.follow()
        if place is not None:
            warning.ask(lambda: desk.check_folder(place))

    def _copy_address(self, assets: Sequence[AssetId]) -> None:
        def found(address: str) -> None:
            QGuiApplication.clipboard().setText(address)
            self._tell_copied()

        desk = self._worker.cloud_desk
        if assets:
            self._asker.ask(lambda: desk.address(assets[0]), found, self._messages.show_error)

    def _copy_folder_link(self) -> None:
        place, desk = self._place, self._worker.cloud_desk

        def made(link: str) -> None:
            QGuiApplication.clipboard().setText(link)
            text = self.tr("The link was copied. For a day, whoever has it sees what is in here.")
            self._messages.say(Tone.POSITIVE, text)

        if place is not None:
            self._asker.ask(
                lambda: desk.folder_link(place, seconds=A_DAY_S), made, self._messages.show_error
            )

    def _look_at(self, batch: str) -> None:
        """Has it ended, and can it be taken back?"""
        desk = self._worker.cloud_desk
        self._asked.add(batch)
        self._look_again.discard(batch)

        def look() -> tuple[list[JobRecord] | None, bool]:
            return desk.ended(batch), desk.can_undo(batch)

        def seen(answer: tuple[list[JobRecord] | None, bool]) -> None:
            self._asked.discard(batch)
            jobs, can_undo = answer
            if jobs is not None and batch in self._under_way:
                self._tell_end(batch, jobs, can_undo=can_undo)
            elif batch in self._look_again:
                # It may have ended while it was looked at.
                self._look_at(batch)

        self._asker.ask(look, seen, self._messages.show_error)

    def _tell_end(self, batch: str, jobs: Sequence[JobRecord], *, can_undo: bool) -> None:
        """What failed is told by the jobs themselves."""
        action = self._under_way.pop(batch)
        moved = self._moving.pop(batch, None)
        if moved is not None and all(job.state is JobState.DONE for job in jobs):
            self.folderMoved.emit(*moved)
        count = sum(job.total for job in jobs if job.state is JobState.DONE)
        if not count:
            return
        done, before = self._done_text(action, count), self._returning()
        if not can_undo:
            self._messages.say(Tone.POSITIVE, done, instead_of=before)
            return
        undo = QAction(self.tr("Undo"), self)
        undo.triggered.connect(lambda: self._undo(batch, action, moved))
        self._messages.say(Tone.POSITIVE, done, action=undo, instead_of=before)

    def _done_text(self, action: CloudAction, count: int) -> str:
        texts = {
            CloudAction.DELETE: self.tr("%Ln asset(s) deleted at Cloudinary.", "", count),
            CloudAction.RESTORE: self.tr("%Ln asset(s) brought back.", "", count),
            CloudAction.REFRESH: self.tr("The deliveries of %Ln asset(s) are fresh.", "", count),
            CloudAction.ACCESS: self.tr("Access to %Ln asset(s) is as you said.", "", count),
            CloudAction.MODERATE: self.tr("%Ln asset(s) moderated at Cloudinary.", "", count),
            CloudAction.FOLDER: self.tr("The folder has its new place at Cloudinary."),
            CloudAction.MOVE: self.tr("%Ln asset(s) moved at Cloudinary.", "", count),
        }
        return texts.get(action, self.tr("%Ln asset(s) renamed at Cloudinary.", "", count))

    def _undo(self, batch: str, action: CloudAction, moved: tuple[FolderPlace, str] | None) -> None:
        desk = self._worker.cloud_desk

        def queued(back: str | None) -> None:
            if back is None:
                return
            if moved is not None:
                place, path = moved
                self._moving[back] = (replace(place, path=path), place.path)
            deleted = action is CloudAction.DELETE
            self._under_way[back] = CloudAction.RESTORE if deleted else action
            self._messages.say(Tone.INFO, self._returning())
            self._look_at(back)

        self._asker.ask(lambda: desk.undo(batch), queued, self._messages.show_error)

    def _returning(self) -> str:
        return self.tr("It is being taken back…")
