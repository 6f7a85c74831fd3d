"""A sandbox in a process of its own with so many assets, so far away, until its input ends."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.clouds import CALLS_PER_HOUR, fill, stored
from tests.desk import ACCOUNT

FOLDERS = ("campaign", *(f"campaign/{number}" for number in range(10)))

if __name__ == "__main__":
    with TemporaryDirectory() as state, DecoderPool(size=1) as decoder:
        fill(Path(state), (stored(number) for number in range(int(sys.argv[1]))), FOLDERS)
        sandbox = Sandbox(
            accounts=(ACCOUNT,),
            decoder=decoder,
            state=Path(state),
            calls_per_hour=CALLS_PER_HOUR,
        )
        sandbox.faults.latency_s = float(sys.argv[2])
        sandbox.start()
        sys.stdout.write(sandbox.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        sandbox.stop()
