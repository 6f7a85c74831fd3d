"""Everybody who works on the stock, put together when somebody first asks for them.

What a command does not ask for is neither made nor loaded: half of a start would be spent on it.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from bridge_app.app.push_parts import going_on_after_sign_in
from bridge_app.app.workbench import STOP_S, Workbench
from bridge_app.domain.jobs import JobRecord
from bridge_app.storage.jobs import NewJob, Result
from bridge_app.work.crew import Recorders, Watchers
from bridge_app.work.dispatcher import Handler
from bridge_app.work.events import Connectivity
from bridge_app.work.once import once
from bridge_app.work.transfers import Transfers

# Whoever few commands need is loaded when somebody asks for them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.app.outside import Outside
    from bridge_app.media.metadata_files import MetadataFiles
    from bridge_app.work.beside import Beside
    from bridge_app.work.cloud_desk import CloudDesk
    from bridge_app.work.edit_record import EditRecord
    from bridge_app.work.editing import Editing
    from bridge_app.work.field_sync import FieldSync
    from bridge_app.work.file_approvals import FileApprovalDesk
    from bridge_app.work.governance import GovernanceDesk
    from bridge_app.work.hearing import Hearing
    from bridge_app.work.master_copies import MasterCopies
    from bridge_app.work.master_editing import MasterEditing
    from bridge_app.work.mirror import Mirrors
    from bridge_app.work.pictures import Pictures
    from bridge_app.work.preset_shelf import PresetShelf
    from bridge_app.work.renditions import RenditionDesk
    from bridge_app.work.retraction import RetractionDesk
    from bridge_app.work.reviews import ReviewDesk
    from bridge_app.work.rights import RightsDesk
    from bridge_app.work.shelter_accounts import ShelterAccounts
    from bridge_app.work.shelter_desk import ShelterDesk
    from bridge_app.work.shelter_pictures import ShelterPictures
    from bridge_app.work.studio import StudioDesk
    from bridge_app.work.words import WordsDesk


class Workshop(Workbench):
    """The crew of `work.crew_port`; any thread may ask for anybody.

    `handlers` are who carry out jobs; they are handed in before anything is asked for.
    """

    handlers: Mapping[str, Handler]

    def queue(self, jobs: Sequence[NewJob]) -> list[int]:
        """Put jobs into the ledger; on disk on return."""
        return self.transfers.add(jobs)

    def refresh(self, environment: str, assets: Sequence[str]) -> None:
        """Read assets in the cloud again soon, each by its ID."""
        self.mirrors.refresh(environment, assets)

    def is_online(self) -> bool:
        """Can the delivery side be reached, as far as is known?"""
        return self.transfers.connectivity.state is Connectivity.ONLINE

    def is_allowed_out(self) -> bool:
        """May the network be used at all?"""
        return self.transfers.connectivity.state is not Connectivity.WORK_OFFLINE

    @once
    def transfers(self) -> Transfers:
        """Runs what is queued."""
        transfers = Transfers(
            self.stock.jobs,
            self.handlers,
            emit=self.announcer.tell,
            reachable=self.environments.is_reachable,
            now=self.now,
            settings=self.settings.load(),
        )
        transfers.on_recorded = self._recorded
        self.announcer.listen(going_on_after_sign_in(self.stock, transfers))
        self.senders.callback(transfers.close, STOP_S)
        return transfers

    def _recorded(self, ended: list[tuple[JobRecord, Result]]) -> None:
        if self.has_services():
            self.recording.write_back.heard(ended)
        if not self.stock.stacks.is_empty():
            self.outside.contentstack.heard(ended)

    # The cloud

    @once
    def mirrors(self) -> "Mirrors":
        """Mirrors environments."""
        from bridge_app.app.cloud_parts import make_mirrors

        mirrors = make_mirrors(
            self.stock,
            self.environments,
            self.announcer,
            rights=self.rights_look,
            online=self.is_online,
            now=self.now,
        )
        self.at_desks.callback(mirrors.close, STOP_S)
        return mirrors

    @once
    def hearing(self) -> "Hearing":
        """Hears of changes in the cloud."""
        from bridge_app.app.cloud_parts import make_hearing

        hearing = make_hearing(
            self.stock,
            self.environments,
            self.mirrors,
            online=self.is_online,
            tell=self.announcer.tell,
            now=self.now,
        )
        self.at_desks.callback(hearing.close, STOP_S)
        return hearing

    @once
    def cloud_desk(self) -> "CloudDesk":
        """Changes assets in the cloud."""
        from bridge_app.app.cloud_parts import cloud_desk

        return cloud_desk(self.stock, self.environments, queue=self.queue, now=self.now)

    @once
    def retractions(self) -> "RetractionDesk":
        """Takes away what may not be delivered any more."""
        from bridge_app.app.retraction_parts import retraction_desk

        return retraction_desk(
            self.stock,
            self.environments,
            self.announcer,
            self.at_desks,
            queue=self.queue,
            now=self.now,
        )

    # What is said of assets

    @once
    def edit_record(self) -> "EditRecord":
        """Where everything is said that is said about assets."""
        from bridge_app.app.editing_parts import edit_record

        record = edit_record(self.stock, self.announcer, who=self.who, now=self.now)
        record.wake = self.transfers.nudge
        return record

    @once
    def editing(self) -> "Editing":
        """Edits of what Cloudinary keeps."""
        from bridge_app.app.editing_parts import make_editing

        stock, said, check = self.stock, self.edit_record, self.words.check
        return make_editing(stock, self.environments, self.lessons, said, check=check, now=self.now)

    @once
    def words(self) -> "WordsDesk":
        """Templates, vocabularies and tables of metadata."""
        from bridge_app.app.words_parts import words_desk

        return words_desk(
            self.stock, self.announcer, shelters=self._shelters, who=self.who, now=self.now
        )

    def _shelters(self) -> "ShelterDesk | None":
        return self.shelters if self.has_services() else None

    @once
    def metadata_files(self) -> "MetadataFiles":
        """Reads and writes what files say of themselves."""
        from bridge_app.app.master_parts import metadata_files

        return metadata_files(self.decoder, self.settings, self.senders)

    @once
    def master_copies(self) -> "MasterCopies":
        """What edits of masters are to their copies."""
        from bridge_app.app.master_parts import master_copies

        return master_copies(self.stock, self.editing)

    @once
    def masters(self) -> "MasterEditing":
        """Edits of what masters say of themselves."""
        from bridge_app.app.master_parts import master_editing

        current = self.environments.current
        return master_editing(
            self.stock,
            self.edit_record,
            self.master_copies,
            files=lambda: self.metadata_files,
            check=self.words.check,
            environment=lambda: account.environment if (account := current()) else "",
        )

    @once
    def field_sync(self) -> "FieldSync":
        """Brings masters and their copies together."""
        from bridge_app.app.master_parts import field_sync

        stock, said, allowed = self.stock, self.edit_record, self.words.allowed
        return field_sync(
            stock, said, self.masters, self.master_copies, allowed=allowed, now=self.now
        )

    @once
    def rights(self) -> "RightsDesk":
        """Claims of rights."""
        from bridge_app.app.rights_parts import rights_desk

        return rights_desk(self, wake=self.transfers.nudge, follow=self.outside.follow)

    @once
    def reviews(self) -> "ReviewDesk":
        """What reviewers say, ask, and have yet to decide."""
        from bridge_app.app.review_parts import LentToReviewers, review_desk

        lent = LentToReviewers(self.watchers.moderation, self.file_approvals, self.who, self.now)
        return review_desk(self.stock, self.editing, self.environments, self.announcer, lent)

    @once
    def file_approvals(self) -> "FileApprovalDesk":
        """Approvals in the files of local masters."""
        from bridge_app.app.review_parts import file_approval_desk

        return file_approval_desk(self.stock, self.settings, lambda: self.masters, now=self.now)

    @once
    def watchers(self) -> Watchers:
        """Those who look after approvals."""
        from bridge_app.app.difference_parts import Eyes, LentToWatchers, approval_watchers

        return approval_watchers(
            self.stock,
            self.environments,
            self.announcer,
            self.at_desks,
            eyes=Eyes(decoder=self.decoder, layers=self.beside.layers, pictures=self.pictures),
            lent=LentToWatchers(self.queue, lambda: self.file_approvals, self.is_online, self.now),
        )

    # Masters at services

    @once
    def shelter_accounts(self) -> "ShelterAccounts":
        """The accounts of services that keep masters."""
        from bridge_app.app.shelter_parts import shelter_accounts

        return shelter_accounts(self.stock, secrets=self.environments.secrets, now=self.now)

    @once
    def shelter_pictures(self) -> "ShelterPictures":
        """Pictures of what services keep."""
        from bridge_app.app.shelter_parts import shelter_pictures

        return shelter_pictures(
            self.stock, self.shelter_accounts, self.decoder, online=self.is_allowed_out
        )

    @once
    def shelters(self) -> "ShelterDesk":
        """Services that keep masters."""
        from bridge_app.app.shelter_parts import shelter_desk

        desk = shelter_desk(
            self.stock,
            self.shelter_accounts,
            self.shelter_pictures,
            self.announcer,
            online=self.is_allowed_out,
            now=self.now,
        )
        self.announcer.listen(desk.hear)
        # Before the transfers: their calls to services end, instead of being waited for.
        self.at_desks.callback(desk.close, STOP_S)
        return desk

    @once
    def governance(self) -> "GovernanceDesk":
        """What services are told, and ask."""
        from bridge_app.app.governance_parts import governance_desk

        return governance_desk(
            self.stock, self.editing, self.shelters, queue=self.queue, who=self.who, now=self.now
        )

    @once
    def recording(self) -> Recorders:
        """Those who record at masters' services."""
        from bridge_app.app.write_back_parts import Lent, recorders

        lent = Lent(
            queue=self.queue,
            cancel=self.transfers.cancel,
            decided=self.governance.tell,
            who=self.who,
            now=self.now,
        )
        return recorders(self.stock, self.shelters, self.announcer, self.at_desks, lent)

    @once
    def outside(self) -> "Outside":
        """Those who deal with other systems."""
        from bridge_app.app.outside import Outside

        return Outside(self, self, self.transfers.nudge)

    # Pictures and renditions

    @once
    def beside(self) -> "Beside":
        """What counts beside a master's file when its renditions are drawn here."""
        from bridge_app.app.rendition_parts import beside

        return beside(
            self.stock,
            self.environments,
            file_path=self.file_path,
            online=self.is_online,
            now=self.now,
        )

    @once
    def pictures(self) -> "Pictures":
        """Pictures of assets and renditions."""
        from bridge_app.work.cloud_pictures import CloudPictures
        from bridge_app.work.pictures import Pictures

        stock = self.stock
        cloud = CloudPictures(
            stock.readers,
            stock.thumbs,
            self.decoder,
            credentials=self.environments.credentials,
            online=self.is_allowed_out,
        )
        pictures = Pictures(
            stock.readers,
            stock.thumbs,
            self.decoder,
            stock.gate,
            cloud=cloud,
            shelter=self.shelter_pictures,
            file_path=self.file_path,
            account=self.environments.current,
            on_offline=self.transfers.connectivity.doubt,
        )
        return self.at_desks.enter_context(closing(pictures))

    @once
    def rendition_presets(self) -> "PresetShelf":
        """Presets and sets of renditions."""
        from bridge_app.app.rendition_parts import preset_shelf

        return preset_shelf(self.stock, self.environments, self.announcer, self.now)

    @once
    def renditions(self) -> "RenditionDesk":
        """Plans and queues renditions."""
        from bridge_app.app.rendition_parts import rendition_desk

        return rendition_desk(
            self.stock,
            self.environments,
            self.decoder,
            file_path=self.file_path,
            queue=self.queue,
            who=self.who,
            now=self.now,
        )

    @once
    def studio(self) -> "StudioDesk":
        """Local previews of transformations."""
        from bridge_app.work.studio import StudioDesk

        return StudioDesk(
            self.decoder,
            file_path=self.file_path,
            picture=self.pictures.picture,
            link=self.pictures.link,
            account=self.environments.current,
            beside=self.beside,
        )
