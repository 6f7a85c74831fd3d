"""Cloudinary's own command line, each time a process of its own, loaded half a second before.

A process that has read what `cld` needs forks one for each command. `cld` itself reads its settings
while it is loaded, so that is done anew, in the environment and the home of the command.
"""

import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import IO, Any

IS_THERE = find_spec("cloudinary_cli") is not None
OWN = ("cloudinary", "cloudinary_cli")


class LoadedCld:
    """Runs `cld WORDS…`; `close` ends the process that it is forked from."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __call__(
        self, *arguments: str, environment: Mapping[str, str]
    ) -> "subprocess.CompletedProcess[str]":
        """How it ended, and all that it said."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = json.dumps({"words": arguments, "environment": dict(environment)})
        self._process.stdin.write(asked.encode() + b"\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess(["cld", *arguments], **told)

    def close(self) -> None:
        """No more commands."""
        self._process.communicate()


def _serve() -> None:
    """Fork a command for each line that comes; answer with a line when it has ended."""
    import_module("cloudinary_cli.cli")  # what it needs is loaded here, for all
    for name in [name for name in sys.modules if name.partition(".")[0] in OWN]:
        del sys.modules[name]
    for line in sys.stdin:
        print(json.dumps(_run(**json.loads(line))), flush=True)  # noqa: T201 - the answer


def _run(words: list[str], environment: dict[str, str]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            nothing = os.open(os.devnull, os.O_RDONLY)
            for number, file in enumerate((nothing, out.fileno(), err.fileno())):
                os.dup2(file, number)
            _be_cld(words, environment)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        return {"returncode": code, "stdout": _read(out), "stderr": _read(err)}


def _be_cld(words: list[str], environment: dict[str, str]) -> None:
    """As its script does; never returns."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["cld", *words]
    code = 1
    try:
        code = import_module("cloudinary_cli.cli").main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - said as an interpreter says it, and ended
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode()


if __name__ == "__main__":
    _serve()
