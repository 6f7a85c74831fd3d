"""One archive being carried out, or taken back: each step by those who know how.

A step is done again after any crash, with what an earlier run kept of it, and ends the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_app.domain.approvals import Approval
from bridge_app.domain.archive_plan import ArchiveAction
from bridge_app.domain.assets import AssetId, CloudCopy
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError, NotFoundError
from bridge_app.domain.shelter import ShelterContainer, Visibility
from bridge_app.domain.write_back import name_part
from bridge_app.storage.archives import ArchiveRecord, StepRecord
from bridge_app.work.archive_bag import Bag
from bridge_app.work.archive_service import AtService, Known, is_frozen
from bridge_app.work.handlers.archive_contents import Contents
from bridge_app.work.handlers.archive_copies import AtDelivery
from bridge_app.work.handlers.write_back import upload_key
from bridge_app.work.rendition_gallery import Siblings
from bridge_app.work.shelter_desk import ShelterDesk

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

Result = dict[str, Any]


class NotFrozenError(BridgeError):
    """The service said yes, and does not show it."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "{name} was to be marked as archived, and the service does not show it. Try again; "
        "nothing was taken away anywhere.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRun:
    """The steps of one archive.

    Args:
        steps: How its steps stand now, in the order of their places.
        report: Says that it goes on; raises CancelledError when it must not.
    """

    record: ArchiveRecord
    service: "RemoteLibrary"
    shelters: ShelterDesk
    contents: Contents
    delivery: AtDelivery
    siblings: Siblings
    steps: Callable[[], Sequence[StepRecord]]
    report: Callable[[], None]
    now: Callable[[], datetime]

    def do(self, step: StepRecord, keep: Callable[[Mapping[str, Any]], None]) -> Result:
        """Carry a step out; what became of it, and what undoing needs."""
        known = Known(told=step.result, keep=keep)
        acts: dict[ArchiveAction, Callable[[], Result]] = {
            ArchiveAction.FREEZE: lambda: self._freeze(step, known),
            ArchiveAction.RENDITION: lambda: self._rendition(step),
            ArchiveAction.ORIGINAL: lambda: self._original(step),
            ArchiveAction.DESCRIBE: lambda: self._describe(step),
            ArchiveAction.SEAL: self._seal,
            ArchiveAction.RESTRICT: lambda: self.delivery.restrict(_copy(step), known),
            ArchiveAction.REMOVE: lambda: self.delivery.remove(_copy(step), known),
            ArchiveAction.MOVE: lambda: self._move(step, known),
            ArchiveAction.CLOSE: lambda: self._close(step),
        }
        return acts[step.action]()

    def undo(self, step: StepRecord) -> Result:
        """Take a step back, as far as that can be; what is kept in the folder stays there."""
        result = dict(step.result)
        match step.action:
            case ArchiveAction.FREEZE if "by" in result:
                self._thaw(step)
            case ArchiveAction.RESTRICT:
                return self.delivery.reopen(_copy(step), result, self.now())
            case ArchiveAction.REMOVE:
                return self.delivery.bring_back(_copy(step), result, _asset(step), self.now())
            case ArchiveAction.MOVE if result:
                self.at_service.move_back(
                    step.subject, step.name, parents=step.told["parents"], result=result
                )
            case ArchiveAction.CLOSE:
                self.at_service.open(step.subject, Visibility(step.told["visibility"]))
            case _:
                pass
        return result

    @property
    def at_service(self) -> AtService:
        """The acts at the masters' service."""
        return AtService(service=self.service)

    @property
    def bag(self) -> Bag:
        """The folder that is made."""
        return Bag(folder=Path(self.record.wish.folder))

    def _freeze(self, step: StepRecord, known: Known) -> Result:
        """Read by its ID, mark it, and read it again, so that the gate here knows too."""
        asset = _asset(step)
        found = self.shelters.refresh_now(asset)
        if found is None:
            return {"state": "gone"}
        before = dict(known.told) or self.at_service.before_freezing(found)
        known.keep(before)
        result = self.at_service.freeze(found, before)
        after = self.shelters.refresh_now(asset)
        if after is not None and not is_frozen(after, result):
            raise NotFrozenError(name=step.name)
        return result

    def _thaw(self, step: StepRecord) -> None:
        """Give it the state that it had, or what was decided here since: that was told to nobody.

        A state that somebody has said at the service meanwhile stays.
        """
        asset = _asset(step)
        found = self.shelters.refresh_now(asset)
        if found is None or not is_frozen(found, step.result):
            return
        now = self.contents.approval(asset)
        decided = now if now is not Approval(step.told["approval"]) else None
        self.at_service.thaw(step.subject, step.result, decided)
        self.shelters.refresh_now(asset)

    def _rendition(self, step: StepRecord) -> Result:
        return self.contents.rendition(
            self.bag, self.service, self.record.account, self._gallery(), step.told
        )

    def _original(self, step: StepRecord) -> Result:
        return self.contents.original(self.bag, _asset(step), step.subject, self.report)

    def _describe(self, step: StepRecord) -> Result:
        members = [AssetId(one) for one in step.told["members"]]
        return self.contents.describe(self.bag, self.record, members, self.steps(), self.now())

    def _seal(self) -> Result:
        """Hash and check the folder, and what lies at the service; then tell it there too."""
        steps = self.steps()
        info = {
            "Source-Organization": self.record.name,
            "External-Identifier": self.record.container,
            "Bagging-Date": self.now().date().isoformat(),
            "Bag-Software-Agent": self.contents.written_by,
        }
        files = self.bag.seal(info)
        kept = self.contents.check_kept(self.service, steps)
        told = self.bag.read("archive.json")
        key = upload_key(self.record.id, "archive.json")
        name = f"{name_part(self.record.name)}__archive-{self.record.id[:8]}.json"
        document = self.service.upload(self._gallery(), name, told, replace=True, key=key)
        return {"files": files, "renditions": kept, "document": document}

    def _move(self, step: StepRecord, known: Known) -> Result:
        others = (self._gallery(),) if step.told["is_gallery"] else ()
        return self.at_service.move_to_archive(
            step.subject, step.name, year=self.record.wish.year, others=others, known=known
        )

    def _close(self, step: StepRecord) -> Result:
        self.at_service.close(step.subject, Visibility(step.told["visibility"]))
        return {"state": "closed"}

    def _gallery(self) -> str:
        """Where the archive's renditions lie: in the collection, or beside the gallery."""
        found = self.shelters.container(self.record.account, self.record.container)
        if found is None:
            raise NotFoundError(what=self.record.name)
        return self.siblings.beside(self.service, self.record.account, _base_of(found))


def _base_of(container: ShelterContainer) -> ShelterContainer:
    """Beside what the archive's gallery lies: a collection's own lies in it."""
    if container.kind.value == "gallery":
        return container
    return replace(container, parents=(container.id,))


def _asset(step: StepRecord) -> AssetId:
    return AssetId(step.told["asset"])


def _copy(step: StepRecord) -> CloudCopy:
    return CloudCopy(**step.told["copy"])
