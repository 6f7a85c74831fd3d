"""Contract tests that anybody can run against a library of their own: docs/libraries.md.

Nothing here needs pytest; its classes hold test functions that pytest finds in a subclass.
"""

from bridge_app.testing.contract import IdentityContract, LibraryContract
from bridge_app.testing.folder_adapter import FolderAdapter
from bridge_app.testing.remote_adapter import RemoteAdapter
from bridge_app.testing.remote_contract import RemoteContract, RemoteSubject
from bridge_app.testing.subject import Adapter, Hands, Place, Seen, Subject

__all__ = [
    "Adapter",
    "FolderAdapter",
    "Hands",
    "IdentityContract",
    "LibraryContract",
    "Place",
    "RemoteAdapter",
    "RemoteContract",
    "RemoteSubject",
    "Seen",
    "Subject",
]
