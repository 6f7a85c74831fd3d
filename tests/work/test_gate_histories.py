"""Whatever people do in whatever order, whatever breaks: nothing leaves that the gate's rule on the
recorded facts does not allow at that moment, and no decision is lost, counted or told twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bridge_app.domain.webhooks import Endpoint
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk
from tests.receivers import Receiver
from tests.work.gate_histories import IN_CI, IN_SOAK, STEPS, Histories
from tests.work.gate_messages import WANTED
from tests.work.gate_model import FORBIDDEN


@pytest.fixture
def sandbox(decoder: DecoderPool) -> Iterator[Sandbox]:
    strict = Settings(strict_transformations=True)
    made = Sandbox(accounts=(ACCOUNT,), decoder=decoder, calls_per_hour=1_000_000, settings=strict)
    made.start()
    yield made
    made.stop()


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "histories",
    [
        IN_CI,
        pytest.param(IN_SOAK, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
def test_the_gate_is_never_got_around(
    desk: Desk,
    sandbox: Sandbox,
    receiver: Receiver,
    histories: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSET_BRIDGE_HOME", str(desk.home / "profile"))
    desk.parts.settings.save(replace(desk.parts.settings.load(), who="Kim (legal)"))
    desk.library()
    endpoint = Endpoint(id="", name="All", url=receiver.url, events=WANTED, private_allowed=True)
    desk.parts.worker.webhooks.add(endpoint)

    for hows in FORBIDDEN:

        class Here(Histories):
            """At this desk, with this beginning."""

            def __init__(self, hows: Sequence[str] = hows) -> None:
                super().__init__(desk, sandbox, receiver, hows)

        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=histories,
                stateful_step_count=STEPS,
                suppress_health_check=list(HealthCheck),
            ),
        )
