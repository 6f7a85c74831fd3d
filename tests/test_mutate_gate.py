"""No condition of the gate can be taken away without some test failing."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "packaging" / "mutate_gate.py"


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="mutants run in forked processes")
def test_every_condition_of_the_gate_is_tested() -> None:
    done = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
