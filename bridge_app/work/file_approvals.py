"""Approvals in the files of local masters: decisions are written there, and others' are heard.

What a file says decides nothing: anybody can write it. It waits in the review queue until
somebody decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bridge_app.domain.approvals import Approval
from bridge_app.domain.assets import Asset, AssetId
from bridge_app.domain.edits import Record, overlaid
from bridge_app.domain.file_approval import said_in_file, words_for
from bridge_app.domain.master_sheet import standard_record
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.edits import open_edits
from bridge_app.storage.file_approvals import FileApprovals, saying_something
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.said import ledger_first
from bridge_app.storage.same_pictures import became
from bridge_app.storage.search import Readers
from bridge_app.storage.settings import SettingsFile
from bridge_app.work.file_approval_jobs import TellFile, is_here, telling_files
from bridge_app.work.master_editing import MasterEditing


@dataclass(frozen=True, slots=True, kw_only=True)
class FileClaim:
    """What the file of a master says of its approval, which is `decided` otherwise here."""

    asset: AssetId
    name: str
    said: Approval
    decided: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApprovalStores:
    """What the desk reads and writes; whether it does so at all is one of the `settings`."""

    settings: SettingsFile
    said: FileApprovals
    decisions: Decisions
    readers: Readers


class FileApprovalDesk:
    """Every method may be called from any thread, and blocks."""

    def __init__(
        self,
        stores: FileApprovalStores,
        *,
        masters: Callable[[], MasterEditing],
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._masters = masters
        self._now = now

    @property
    def is_on(self) -> bool:
        """Are approvals kept in files, too?"""
        return self._stores.settings.load().approvals_in_files

    def switch(self, *, on: bool) -> None:
        """Keep them there from now on, or no longer; what files say already stays."""
        settings = self._stores.settings
        settings.save(replace(settings.load(), approvals_in_files=on))

    def telling(self, ruled: Sequence[tuple[Asset, Approval]]) -> list[NewJob]:
        """The jobs that let files say what was just decided of masters, or of copies of them."""
        return telling_files([*ruled, *self._masters_of(ruled)]) if self.is_on else []

    def _masters_of(self, ruled: Sequence[tuple[Asset, Approval]]) -> list[tuple[Asset, Approval]]:
        """The masters in folders of what lies at services, by their content."""
        there = [(one.content, state) for one, state in ruled if one.content and not is_here(one)]
        with self._stores.readers.lent() as reader:
            return [
                (master, state)
                for content, state in there
                for master in reader.assets(reader.masters(content))
            ]

    def claims(self) -> list[FileClaim]:
        """What files say that is not so here, and that nobody has answered; by name."""
        if not self.is_on:
            return []
        stores = self._stores
        self._take()
        waiting = stores.said.unanswered()
        with stores.readers.lent() as reader:
            assets = reader.assets(list(waiting))
        return [
            FileClaim(asset=one.id, name=one.name, said=waiting[one.id], decided=one.approval)
            for one in sorted(assets, key=lambda asset: asset.name)
            if one.approval is not waiting[one.id]
        ]

    def _take(self) -> None:
        """Take over what files say; what was said here and is on its way into one counts as there.

        A decision is written when its file can be reached: until then it has been made all the
        same, and what the file said before asks nobody again.
        """
        stores = self._stores
        known = stores.said.known()
        with stores.readers.lent() as reader, ledger_first(reader.ask):
            found = reader.ask(saying_something)
            # What the catalog does not hold now was not read: it is not silent.
            told = reader.assets([one for one in known if known[one].said])
            edits = reader.ask(partial(open_edits, assets={*found, *(one.id for one in told)}))
            silent = reader.records([one for one in edits if one not in found])
        decided = {one.id: one.approval for one in told} | {one: found[one][1] for one in found}
        records: dict[AssetId, Record] = {
            **{one: standard_record(read) for one, read in silent.items()},
            **{one: record for one, (record, _) in found.items()},
        }
        said = {
            one: state
            for one, record in records.items()
            if (state := said_in_file(overlaid(record, edits.get(one, ()))))
        }
        agreed = [one for one, state in said.items() if decided[one] is state]
        here = [one.id for one in told]
        stores.said.take(said, agreed, known=known, here=here, at=self._now())

    def write(self, wish: TellFile) -> bool:
        """Let a file say it, if it holds of that content or what became of it; False if not.

        Recorded as an edit of the master, which is merged with what others wrote meanwhile.
        Raises BridgeError.
        """
        stores, masters = self._stores, self._masters()
        said = masters.said([wish.asset])
        content = said[0].asset.content or "" if said else ""
        newest = stores.decisions.newest(content)
        if not said or newest is None or newest.approval is not wish.approval:
            return False
        with stores.readers.lent() as reader:
            same = reader.ask(became(wish.asset, wish.content, content))
        if content != wish.content and not same:
            return False
        changes = words_for(wish.approval, said[0].record())
        if changes:
            masters.say([wish.asset], changes)
        stores.said.let_say(wish.asset, wish.approval, at=self._now())
        return True
