"""A record of what is said that takes its time, or refuses."""

import threading
from collections.abc import Mapping, Sequence

import pytest

from bridge_app.domain.assets import AssetId
from bridge_app.domain.edit_sheet import Change
from bridge_app.domain.errors import DiskFullError
from bridge_app.work.master_editing import MasterEditing

PATIENCE_S = 30


class HeldRecord:
    """Each time something is to be recorded it waits until it may, or is refused."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._turns = threading.Semaphore(0)
        self._refused = False
        self._open = False
        say_each = MasterEditing.say_each

        def waiting(masters: MasterEditing, changes: Mapping[AssetId, Sequence[Change]]) -> str:
            assert self._open or self._turns.acquire(timeout=PATIENCE_S)
            if self._refused:
                raise DiskFullError(path="ledger.db")
            return say_each(masters, changes)

        monkeypatch.setattr(MasterEditing, "say_each", waiting)

    def let_one_go(self) -> None:
        self._turns.release()

    def let_go(self, *, refused: bool = False) -> None:
        self._refused, self._open = refused, True
        self._turns.release(100)
