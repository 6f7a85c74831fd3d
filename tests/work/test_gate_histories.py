"""Whatever people do in whatever order, whatever breaks: nothing leaves that the gate's rule on the
recorded facts does not allow at that moment, and no decision is lost, counted or told twice."""

import secrets
from pathlib import Path

import pytest

from bridge_app.media.decoder_pool import DecoderPool
from tests.work.histories import STAGES, again, play

IN_CI, IN_SOAK = 4, 200
"""Histories for each beginning. There are more, each time others, by `make histories`."""
SEED_IN_CI = 1
"""The gate of the project asks the same of each change."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "histories",
    [
        IN_CI,
        pytest.param(IN_SOAK, marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
@pytest.mark.parametrize("stage", STAGES)
def test_the_gate_is_never_got_around(
    stage: str, histories: int, tmp_path: Path, decoder: DecoderPool
) -> None:
    seed = SEED_IN_CI if histories == IN_CI else secrets.randbits(31)
    try:
        play(stage, tmp_path, decoder, histories=histories, seed=seed)
    except Exception as error:
        error.add_note(again(stage, seed, histories))
        raise
