"""A sandbox in a process of its own, with a delay on every request, until its input ends."""

import sys

from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.server import Sandbox
from tests.desk import ACCOUNT

if __name__ == "__main__":
    with DecoderPool(size=1) as decoder:
        sandbox = Sandbox(accounts=(ACCOUNT,), decoder=decoder, calls_per_hour=1_000_000)
        sandbox.faults.latency_s = float(sys.argv[1])
        sandbox.start()
        sys.stdout.write(sandbox.url + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        sandbox.stop()
