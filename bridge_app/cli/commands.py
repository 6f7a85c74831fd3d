"""How a module adds its commands to the parser that `main` makes."""

import argparse
from typing import Protocol

Subparsers = argparse._SubParsersAction


class Adds(Protocol):
    """Adds a command, as `main` does."""

    def __call__(
        self,
        commands: "Subparsers[argparse.ArgumentParser]",
        name: str,
        run: str,
        text: str,
        *,
        json: bool = False,
    ) -> argparse.ArgumentParser:
        """A command; `run` names the module below `cli` and the function in it."""
