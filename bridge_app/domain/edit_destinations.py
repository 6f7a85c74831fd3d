"""Where edits go that do not go to a product environment: into files, or to a service."""

from bridge_app.domain.assets import Asset, LibraryId
from bridge_app.domain.shelter import shelter_of

FILE = "file:"
"""How the destination of edits begins that go into files of a library."""
SHELTER = "shelter:"
"""The same for those that go to an account of a PhotoShelter-style service."""


def destination_of(asset: Asset) -> str:
    """Where edits of a master go."""
    account = shelter_of(asset.library)
    return f"{FILE}{asset.library}" if account is None else f"{SHELTER}{account}"


def is_master_destination(environment: str) -> bool:
    """Is this where edits of masters go, and no product environment?"""
    return environment.startswith((FILE, SHELTER))


def library_at(destination: str) -> LibraryId:
    """The library whose files such a destination means."""
    return LibraryId(destination.removeprefix(FILE))


def account_at(destination: str) -> str:
    """The account that such a destination means."""
    return destination.removeprefix(SHELTER)
