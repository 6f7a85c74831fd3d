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


def count(text: str) -> int:
    """A number of at least one, as an argument's type."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is too few")
    return number
