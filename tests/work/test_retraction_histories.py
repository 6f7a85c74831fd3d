"""Whatever people decide, whatever breaks, and whenever the program ends: in the end delivery shows
exactly what the gate allows."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bridge_app.domain.approvals import Approval
from bridge_app.domain.retractions import RetractionState
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk, picture
from tests.plain_http import plain

CLOUD = ACCOUNT.cloud_name
NAMES = ("a.jpg", "b.jpg", "c.jpg", "d.jpg")
STEPS = 40
FAULTS = ("/explicit", "/resources", "/image/upload")


@pytest.fixture
def sandbox(decoder: DecoderPool, tmp_path: Path) -> Iterator[Sandbox]:
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, calls_per_hour=100_000)
    made.start()
    yield made
    made.stop()


def disturb(rng: Random, desk: Desk, sandbox: Sandbox) -> None:
    """Something goes wrong, or somebody decides, or the program is opened anew."""
    deed = rng.random()
    path = rng.choice(FAULTS)
    if deed < 0.15:
        sandbox.faults.lose_reply(times=1, path_contains=path)
    elif deed < 0.3:
        sandbox.faults.answer(status=503, times=1, path_contains=path)
    elif deed < 0.35:
        desk.reopen()
    elif deed < 0.45:
        desk.parts.worker.retractions.look()
    else:
        chosen = [asset.id for asset in desk.assets() if asset.name == rng.choice(NAMES)]
        desk.parts.worker.decide(chosen, rng.choice((Approval.APPROVED, Approval.REJECTED)))


@pytest.mark.soak
@pytest.mark.timeout(900)
# Closing does not wait for requests under way: what they leave behind ends with a real program.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("seed", range(6))
def test_delivery_ends_as_the_gate_says(desk: Desk, sandbox: Sandbox, seed: int) -> None:
    rng = Random(seed)  # noqa: S311 - the same history each time
    for number, name in enumerate(NAMES):
        picture(desk.folder / name, number)
    desk.library()
    desk.approve()
    desk.push()
    urls = {asset.name: asset.cloud.url for asset in desk.assets() if asset.cloud}
    for _ in range(STEPS):
        disturb(rng, desk, sandbox)
    sandbox.faults.clear()

    def is_settled() -> bool:
        desk.parts.worker.retractions.look()
        return desk.parts.worker.retractions.plan(CLOUD).steps == ()

    desk.until(is_settled, what="the peace")
    shown = {name: plain.get(url).status_code == 200 for name, url in urls.items()}
    allowed = {one.name: one.approval is Approval.APPROVED for one in desk.assets()}
    assert shown == allowed
    known = {one.name: one.state for one in desk.parts.worker.retractions.record(CLOUD)}
    assert all(known[name] is RetractionState.RETRACTED for name, is_ in allowed.items() if not is_)
