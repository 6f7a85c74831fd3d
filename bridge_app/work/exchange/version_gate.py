"""Whether a master at its service takes new versions, and what the gate has against one."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.cloud import environment_of
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, NotFoundError
from bridge_app.domain.shelter import service_name, shelter_of
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.search import Readers
from bridge_app.work.exchange.edited_files import NOWHERE, Target
from bridge_app.work.gatekeeper import Gatekeeper

CLOUDINARY = "Cloudinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionGate:
    """Every method blocks and may be called from any thread.

    `of_masters` is what the gate says of the other masters that hold a content, "" for nothing.
    """

    readers: Readers
    decisions: Decisions
    gate: Gatekeeper
    of_masters: Callable[[str, str], str]

    def target(self, asset: Asset) -> Target:
        """Where its new versions go: nowhere for files in folders.

        What was pushed from here goes on with the master that it was made of.
        """
        account = shelter_of(asset.library)
        if account is not None:
            return Target(service=service_name(account))
        environment = environment_of(asset.library)
        if environment is None:
            return NOWHERE
        with self.readers.lent() as reader:
            there = reader.cloud_asset(asset.id)
            was_pushed = bool(asset.content and reader.masters(asset.content))
        if there is None or was_pushed:
            return NOWHERE
        return Target(service=CLOUDINARY, environment=environment, etag=there.etag)

    def against(
        self, asset: AssetId, environment: str, sha256: str, *, approved: bool = False
    ) -> str:
        """Why a content may not take the place of an asset at Cloudinary now; "" if it may.

        With `approved` as if it were: a person is about to say so. Raises NotFoundError.
        """
        with self.readers.lent() as reader:
            now = reader.standing(asset)
        if now is None:
            raise NotFoundError(what=QT_TRANSLATE_NOOP("facts", "The asset in Cloudinary"))
        said = Approval.APPROVED if approved else self.decisions.approval_of(sha256)
        stages = ((one.stage, one.approval) for one in self.decisions.in_stages(sha256))
        then = replace(
            now,
            sha256=sha256,
            version_key=None,
            approval=said,
            stages=tuple(stages),
            overrides=(),
            lapsed=said is Approval.DRAFT and (now.lapsed or now.approval is Approval.APPROVED),
        )
        answer = self.gate.answer(then, environment)
        if not answer.allows:
            return answer.sentence()
        return "" if approved else self.of_masters(sha256, environment)
