"""A sandbox in a process of its own, as far away as its argument says, until its input ends.

Every request takes that many seconds longer, and a new connection two round trips more: those of
TCP and TLS.
"""

import gc
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT

if __name__ == "__main__":
    # In memory where that can be had: neither client is to be measured by this disk.
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    place = memory if memory.is_dir() else None
    with TemporaryDirectory(dir=place) as state, DecoderPool(size=1) as decoder:
        sandbox = Sandbox(
            accounts=(ACCOUNT,), decoder=decoder, state=Path(state), calls_per_hour=1_000_000
        )
        sandbox.faults.latency_s = float(sys.argv[1])
        sandbox.faults.connection_latency_s = 2 * float(sys.argv[1])
        sandbox.start()
        # As the command line does: what is loaded need not be looked through for garbage.
        gc.freeze()
        sys.stdout.write(sandbox.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        sandbox.stop()
