"""Where histories happen: a desk and services of their own, and what is played on them."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as seeded
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from bridge_app.channels.contentstack.pacing import PER_S, Sort
from bridge_app.domain.webhooks import Endpoint
from bridge_app.libraries.photoshelter import service
from bridge_app.libraries.photoshelter.pacing import Pacing
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.contentstack.sample import fill
from bridge_app.sandbox.contentstack.stack import StackSettings
from bridge_app.sandbox.photoshelter.settings import ShelterSettings
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT, Desk
from tests.receivers import Receiver
from tests.stacks import connect
from tests.work.campaign import Campaign
from tests.work.channel_histories import ChannelHistories
from tests.work.file_histories import FileHistories
from tests.work.gate_histories import Histories
from tests.work.gate_messages import WANTED
from tests.work.gate_model import FORBIDDEN

STEPS = 12
"""What happens in one history at most, beside its beginning."""
Machine = type[RuleBasedStateMachine]
Played = Sequence[Callable[[], RuleBasedStateMachine]]
"""The histories that begin differently, each made anew for every history."""


@contextmanager
def _opened(home: Path, decoder: DecoderPool) -> Iterator[tuple[Desk, Sandbox]]:
    """A desk at services that demand no pace; what is not allowed there is not made there."""
    sandbox = Sandbox(
        accounts=(ACCOUNT,),
        decoder=decoder,
        calls_per_hour=1_000_000,
        settings=Settings(strict_transformations=True),
        shelter=ShelterSettings(rate_limit=None),
        stack=StackSettings(calls_per_s=None),
    )
    fill(sandbox.stack)
    sandbox.start()
    desk = Desk(home, sandbox=sandbox, decoder=decoder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "Pacing", partial(Pacing, per_s=10_000.0))
        for sort in Sort:
            patch.setitem(PER_S, sort, 10_000.0)
        patch.setenv("ASSET_BRIDGE_HOME", str(home / "profile"))
        desk.open()
        yield desk, sandbox
        desk.close()
    sandbox.stop()


@contextmanager
def of_the_gate(home: Path, decoder: DecoderPool) -> Iterator[Played]:
    """Three masters in a folder, squares of them, addresses, messages to an endpoint."""
    with _opened(home, decoder) as (desk, sandbox), Receiver() as receiver:
        desk.parts.settings.save(replace(desk.parts.settings.load(), who="Kim (legal)"))
        desk.library()
        endpoint = Endpoint(
            id="", name="All", url=receiver.url, events=WANTED, private_allowed=True
        )
        desk.parts.worker.webhooks.add(endpoint)
        yield [partial(Histories, desk, sandbox, receiver, hows) for hows in FORBIDDEN]


@contextmanager
def of_channels(home: Path, decoder: DecoderPool) -> Iterator[Played]:
    """A master at its service, what is recorded of it there, and an entry of a stack."""
    with _opened(home, decoder) as (desk, sandbox):
        campaign = Campaign(desk, sandbox)
        campaign.brand.move_in()
        campaign.connect()
        connect(desk)
        yield [partial(ChannelHistories, campaign)]


@contextmanager
def of_files(home: Path, decoder: DecoderPool) -> Iterator[Played]:
    """A master in a folder, whose file says what was decided of it."""
    with _opened(home, decoder) as (desk, sandbox):
        desk.library()
        desk.parts.worker.file_approvals.switch(on=True)
        yield [partial(FileHistories, desk, sandbox)]


@contextmanager
def of_the_window(home: Path, decoder: DecoderPool) -> Iterator[Played]:
    """A master in a folder, and a window in which everything is done with it."""
    # The other stages need no window.
    from tests.work.window_histories import Seat, WindowHistories  # noqa: PLC0415

    with _opened(home, decoder) as (desk, sandbox):
        desk.library()
        was_on = gc.isenabled()
        gc.disable()  # a widget that dies in a thread of the worker takes the process with it
        seat = Seat(desk, sandbox)
        try:
            yield [partial(WindowHistories, seat)]
        finally:
            seat.leaves()
            if was_on:
                gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What is opened for some histories, and in how many ways they begin."""

    opened: Callable[[Path, DecoderPool], AbstractContextManager[Played]]
    beginnings: int = 1


STAGES = {
    "gate": Stage(opened=of_the_gate, beginnings=len(FORBIDDEN)),
    "channels": Stage(opened=of_channels),
    "files": Stage(opened=of_files),
    "window": Stage(opened=of_the_window),
}


def play(
    stage: str, home: Path, decoder: DecoderPool, *, histories: int, seed: int | None = None
) -> None:
    """Play so many histories of each beginning. Fails with the shortest one that is not right.

    With a seed it fails with the first one: others follow, and shortening takes long.
    """
    phases = tuple(Phase) if seed is None else (Phase.generate,)
    with STAGES[stage].opened(home, decoder) as played:
        for number, begin in enumerate(played):
            machine = _machine(begin)
            if seed is not None:
                seeded(seed + number)(machine)
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=histories,
                    stateful_step_count=STEPS,
                    phases=phases,
                    suppress_health_check=list(HealthCheck),
                ),
            )


def again(stage: str, seed: int, histories: int) -> str:
    """How to play just these once more."""
    asked = f"--stage {stage} --seed {seed} --histories {histories}"
    return f"Play it again with: python -m tests.work.long_histories {asked}"


def _machine(begin: Callable[[], RuleBasedStateMachine]) -> Machine:
    """What hypothesis takes: a class that is made without arguments."""
    assert isinstance(begin, partial)
    asked = begin.args

    class Here(begin.func):  # type: ignore[misc, name-defined]
        """At this desk, with this beginning."""

        def __init__(self) -> None:
            super().__init__(*asked)

    return Here
