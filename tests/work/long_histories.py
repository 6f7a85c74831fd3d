"""Histories for as long as one wants, each time others: `python -m tests.work.long_histories`.

They are played in rounds, each at a desk of its own, and counted. What is not right is told with
what it takes to play it again: `--stage STAGE --seed SEED`.
"""

import argparse
import logging
import multiprocessing
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

import pytest
from hypothesis import settings

from bridge_app.media.decoder_pool import DecoderPool
from tests import desk
from tests.made_once import leave_constants_of_the_program_alone
from tests.work.histories import STAGES, again, play

ROUND = 20
"""Histories of one desk: what it knows grows, and with it what each of them takes."""
BESIDE_ONE_ANOTHER = 3 * (os.cpu_count() or 1)
"""Most of the time they wait: for events, for files to rest."""
PATIENCE_S = 300.0
"""What else runs on the machine makes no history wrong."""


def main(argv: Sequence[str] | None = None) -> int:
    """Play them; 1 if any was not right."""
    chosen = _arguments().parse_args(argv)
    chance = random.Random(chosen.seed)  # noqa: S311 - which histories is no secret
    if chosen.stage and chosen.seed is not None:
        count = chosen.histories or _histories(chosen.stage)
        return int(_told(chosen.stage, chosen.seed, _round(chosen.stage, chosen.seed, count)))
    end, wrong, played = time.monotonic() + 60 * chosen.minutes, 0, Counter[str]()
    stages = [chosen.stage] if chosen.stage else list(STAGES)
    with ProcessPoolExecutor(
        chosen.processes, mp_context=multiprocessing.get_context("spawn")
    ) as pool:
        under_way: dict[Future[str], tuple[str, int]] = {}
        while under_way or time.monotonic() < end:
            while len(under_way) < chosen.processes and time.monotonic() < end:
                # The one that was played least.
                begun = played + Counter(dict.fromkeys(stages, 0))
                for stage, _ in under_way.values():
                    begun[stage] += ROUND
                asked = min(stages, key=lambda one: begun[one]), chance.getrandbits(31)
                under_way[pool.submit(_round, *asked, _histories(asked[0]))] = asked
            for ended in wait(under_way, return_when=FIRST_COMPLETED).done:
                stage, seed = under_way.pop(ended)
                wrong += _told(stage, seed, ended.result())
                played[stage] += _histories(stage) * STAGES[stage].beginnings
                sys.stdout.write(f"{played.total()} histories {dict(played)}, {wrong} wrong\n")
                sys.stdout.flush()
    return int(wrong > 0)


def _histories(stage: str) -> int:
    """Of each beginning."""
    return ROUND // STAGES[stage].beginnings


def _round(stage: str, seed: int, histories: int) -> str:
    """Play some at a new desk; what was not right, "" if all was."""
    desk.PATIENCE_S = PATIENCE_S
    logging.disable()
    settings.register_profile("long", deadline=None, database=None)
    settings.load_profile("long")
    leave_constants_of_the_program_alone(pytest.MonkeyPatch())
    with (
        tempfile.TemporaryDirectory(prefix="histories-", ignore_cleanup_errors=True) as home,
        DecoderPool(size=1) as decoder,
    ):
        try:
            play(stage, Path(home), decoder, histories=histories, seed=seed)
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            return traceback.format_exc()
    return ""


def _told(stage: str, seed: int, trouble: str) -> bool:
    if trouble:
        sys.stdout.write(f"{trouble}\n{again(stage, seed, _histories(stage))}\n")
    return bool(trouble)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--processes", type=int, default=BESIDE_ONE_ANOTHER)
    parser.add_argument("--stage", choices=STAGES, default="", help="all by default")
    parser.add_argument("--seed", type=int, help="of all rounds; with a stage: of the round")
    parser.add_argument("--histories", type=int, help="with a stage and a seed: of each beginning")
    return parser


if __name__ == "__main__":
    sys.exit(main())
