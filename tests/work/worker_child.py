"""A process that carries out what is queued in a profile, so that it can be killed at any moment.

It reads its secrets from its input, and ends by itself once nothing is left to do.
"""

import json
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from bridge_app.app.build import build
from bridge_app.channels.contentstack.pacing import PER_S, Sort
from bridge_app.libraries.photoshelter import service
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.storage.secrets import MemoryStore, Secret
from bridge_app.work.kinds import ARCHIVE, CONTENTSTACK, WEBHOOK, WRITE_BACK

LOOK_EVERY_S = 0.02
KINDS = (ARCHIVE, WRITE_BACK, CONTENTSTACK, WEBHOOK)


def carry_out(home: Path, secrets: dict[str, str]) -> None:
    """Run the jobs of the profile in `home` to their end."""
    store = MemoryStore()
    for name, secret in secrets.items():
        store.put(name, Secret(secret))
    with build(home, open_store=lambda _: store) as parts:
        parts.worker.start()
        pause = threading.Event()
        while parts.stock.jobs.unfinished(*KINDS):
            pause.wait(LOOK_EVERY_S)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "Pacing", partial(Pacing, per_s=10_000.0))
        for sort in Sort:
            patch.setitem(PER_S, sort, 10_000.0)
        carry_out(Path(sys.argv[1]), json.loads(sys.stdin.readline()))
