"""PhotoShelter libraries and their folders by the words that name them on a command line."""

from bridge_app.app.build import Parts
from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.errors import InvalidInputError, NotFoundError
from bridge_app.domain.shelter import ShelterContainer, shelter_of


def chosen_library(parts: Parts, name: str | None) -> LibraryId | None:
    """The library of any kind with that name, id or location; None where none is named.

    Raises NotFoundError.
    """
    if name is None:
        return None
    for one in parts.worker.libraries():
        if name in (one.name, one.id, one.location):
            return one.id
    raise NotFoundError(what=f"The library {name}")


def chosen_shelter(parts: Parts, name: str | None) -> tuple[LibraryRecord, str]:
    """The library of that name or id, or the only one there is; and its account.

    Raises NotFoundError, or InvalidInputError where there are several.
    """
    known = parts.worker.shelters.libraries()
    fits = [one for one in known if name in (None, one.name, one.id, one.location)]
    if not fits:
        raise NotFoundError(what=f"The library {name}" if name else "A library at a service")
    if len(fits) > 1:
        raise InvalidInputError(what="The library", detail="there are several: name one")
    account = shelter_of(fits[0].id)
    if account is None:
        raise NotFoundError(what=fits[0].name)
    return fits[0], account


def chosen_container(parts: Parts, library: LibraryRecord, words: str) -> ShelterContainer:
    """The collection or gallery shown as this path, or of this id. Raises NotFoundError."""
    shelters, account = parts.worker.shelters, shelter_of(library.id) or ""
    found = shelters.container_at(library.id, words.strip("/")) or shelters.container(
        account, words
    )
    if found is None:
        raise NotFoundError(what=f"The collection {words}")
    return found
