"""Gives a master at Cloudinary a new version, in the place of the one it was made of."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.drawn_coordinates import NOTHING_DRAWN, DrawnCoordinates, Size
from bridge_app.delivery.large_uploads import Escort, UploadLog
from bridge_app.delivery.operations import Operations
from bridge_app.delivery.uploads import CloudinaryEnvironment, UploadOrder
from bridge_app.domain.assets import CloudCopy
from bridge_app.domain.channel_settings import ChannelSettings
from bridge_app.domain.cloud import DIGEST_KEY, CloudAsset, FolderMode
from bridge_app.domain.errors import GateRefusalError, MediaError, NoKeyringError, NotFoundError
from bridge_app.domain.jobs import JobRecord, WaitingFor
from bridge_app.domain.push_policies import Moderated
from bridge_app.storage.deliveries import Deliveries
from bridge_app.storage.search import Readers
from bridge_app.work.context import Context
from bridge_app.work.exchange.edited_files import ChangedAgainError, EditedFile, EditedFiles
from bridge_app.work.exchange.version_gate import VersionGate
from bridge_app.work.handlers.cloud_change import GoneError, MovedOnError
from bridge_app.work.handlers.plugin_folders import kept_out
from bridge_app.work.outcome import Done, Failed, Outcome, Waiting
from bridge_app.work.version_jobs import VersionJob


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCloudVersion:
    """Runs these jobs; a second run finds what the first one did.

    `mode` tells where the folders of an environment come from, `drawn` what people drew on an
    asset; both may ask the service. `sizes` are those a picture may be said to have, as it is
    stored and upright; it raises MediaError for what is none.
    """

    readers: Readers
    versions: VersionGate
    edited: EditedFiles
    deliveries: Deliveries
    log: UploadLog
    opened: Callable[[str], CloudinaryEnvironment]
    operations: Callable[[str], Operations]
    mode: Callable[[str], FolderMode]
    drawn: Callable[[str, str], DrawnCoordinates]
    sizes: Callable[[Path], Sequence[Size]]
    channels: Callable[[], Sequence[ChannelSettings]]
    refresh: Callable[[str, Sequence[str]], None]

    def __call__(self, wish: VersionJob, job: JobRecord, context: Context) -> Outcome:
        """Send it if the gate lets it go and nobody has replaced the master meanwhile."""
        try:
            environment = self.opened(wish.environment)
            operations = self.operations(wish.environment)
        except NoKeyringError as error:
            return Waiting(reason=WaitingFor.ACCOUNT, error=error)
        with self.readers.lent() as reader:
            known = reader.cloud_asset(wish.asset)
        if known is None:
            return Failed(error=NotFoundError(what=job.name))
        kept = operations.now(known.asset_id, self.mode(wish.environment))
        if kept is None or kept.asset.placeholder:
            return Failed(error=GoneError(name=job.name, service=SERVICE))
        with self.edited.held(wish.path, wish.sha256) as held:
            if held is None:
                return Failed(error=ChangedAgainError(name=job.name))
            one, still = held
            order = _order(kept.asset, still, wish.sha256)
            copy = environment.holds(order)
            if copy is None and kept.asset.etag == one.etag:
                self._check_place(kept.asset)
                order = replace(order, drawn=self._drawn(kept.asset, still))
                copy = self._sent(wish, order, environment, context)
        if copy is None:
            return Failed(error=MovedOnError(name=job.name))
        return self._kept(one, copy, context)

    def _check_place(self, there: CloudAsset) -> None:
        owned = kept_out(there.name, [there.asset_folder, there.public_id], self.channels())
        if owned is not None:
            raise owned

    def _drawn(self, there: CloudAsset, file: Path) -> DrawnCoordinates:
        """What people drew on the version before, where this one has the same shape."""
        found = NOTHING_DRAWN
        if there.resource_type == "image" and there.width and there.height:
            found = self.drawn(there.environment, there.asset_id)
        if not found:
            return found
        before = there.width or 0, there.height or 0
        try:
            carried = [found.on(before, size) for size in self.sizes(file)]
        except MediaError:
            carried = []
        return next(filter(None, carried), NOTHING_DRAWN)

    def _sent(
        self,
        wish: VersionJob,
        order: UploadOrder,
        environment: CloudinaryEnvironment,
        context: Context,
    ) -> CloudCopy | None:
        def ask_the_gate() -> None:
            reasons = self.versions.against(wish.asset, wish.environment, wish.sha256)
            if reasons:
                raise GateRefusalError(name=order.name, reasons=reasons)

        ask_the_gate()
        escort = Escort(
            report=context.report,
            before_last=ask_the_gate,
            advanced=context.advance,
            log=self.log,
            now=context.now,
        )
        return environment.upload(order, escort)

    def _kept(self, one: EditedFile, copy: CloudCopy, context: Context) -> Done:
        # The mirror believes only what a delivered copy vouches for, and reads it again now.
        self.deliveries.keep_copy(copy, at=context.now())
        self.refresh(copy.environment, [copy.asset_id])
        self.edited.is_version(one, copy.sha256, copy.sha256, context.now(), etag=copy.etag)
        return Done(copy=copy, result={"public_id": copy.public_id, "version": copy.version})


def _order(there: CloudAsset, file: Path, sha256: str) -> UploadOrder:
    """All that is said of the asset goes along: an upload over it may clear what it leaves out.

    What moderators said was about another picture: they are asked anew, in Cloudinary's own queue.
    """
    with file.open("rb") as content:
        md5 = hashlib.file_digest(content, "md5").hexdigest()
    rules = (asdict(rule).items() for rule in there.access_control)
    return UploadOrder(
        path=file,
        name=there.name,
        public_id=there.public_id,
        resource_type=there.resource_type,
        delivery_type=there.delivery_type,
        sha256=sha256,
        md5=md5,
        bytes=file.stat().st_size,
        folder=there.asset_folder,
        display_name=there.display_name,
        tags=there.tags,
        context=tuple((key, said) for key, said in there.context.items() if key != DIGEST_KEY),
        metadata=there.metadata,
        access=tuple({key: said for key, said in rule if said is not None} for rule in rules),
        moderated=Moderated.MANUAL if there.moderation else Moderated.NO,
        overwrite=True,
    )
