"""How the worker's parts reach a PhotoShelter-style service without loading it at the start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge_app.libraries.remote import RemoteLibrary

OpenService = Callable[[str], "RemoteLibrary"]
"""Gives the service of an account; raises NotFoundError, SignInAgainError, NoKeyringError."""
