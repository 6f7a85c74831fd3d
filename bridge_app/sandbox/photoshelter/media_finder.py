"""Finds media for a search, and keeps what was found while nothing changes.

Fifty thousand media are looked through once for a listing, not once for each of its pages.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bridge_app.sandbox.photoshelter.media_search import MediaSearch, read_search
from bridge_app.sandbox.photoshelter.permissions import MEMBERS_MAY, Caller, Deed, Permissions
from bridge_app.sandbox.photoshelter.records import Holds, Media
from bridge_app.sandbox.photoshelter.store import ShelterStore

KEPT = 8
"""Listings at a time."""
ELSEWHERE = frozenset(
    {"page", "per_page", "include", "api_key", "auth_token", "collection_id", "gallery_id"}
)
"""Parameters that do not change what is found; the last two are in the caller."""

Key = tuple[int, Caller, frozenset[tuple[str, str]]]


class MediaFinder:
    """Answers searches. Used on the event loop."""

    def __init__(self, store: ShelterStore, may: Permissions) -> None:
        self._store = store
        self._may = may
        self._found: OrderedDict[Key, Sequence[Media]] = OrderedDict()

    def find(self, caller: Caller, params: Mapping[str, str]) -> Sequence[Media]:
        """What the caller may see of what is looked for, in the order that is asked for.

        Raises:
            BadSearchError: A parameter cannot be understood.
        """
        if not sees_all_of_its_own(caller):
            return self._look(caller, params)
        asked = frozenset(item for item in params.items() if item[0] not in ELSEWHERE)
        key = (self._store.revision, caller, asked)
        if key not in self._found:
            self._found[key] = self._look(caller, params)
            while len(self._found) > KEPT:
                self._found.popitem(last=False)
        self._found.move_to_end(key)
        return self._found[key]

    def _look(self, caller: Caller, params: Mapping[str, str]) -> Sequence[Media]:
        search = read_search(params)
        there = self._candidates(caller, search, params.get("org_id", ""))
        found = [one for one in self._visible(caller, there) if search.finds(one)]
        found.sort(key=search.order, reverse=search.descending)
        return found

    def _candidates(
        self, caller: Caller, search: MediaSearch, organization: str
    ) -> Iterable[Media]:
        """What lies where the search looks; without a place all of an organization, or of all."""
        if search.galleries or search.collections:
            places = {*search.galleries, *self._galleries_below(search.collections)}
            members = (self._store.members(one) for one in sorted(places))
            return {one.id: one for gallery in members for one in gallery}.values()
        owner = organization or caller.organization
        owners = [owner] if owner else [one.id for one in self._store.organizations()]
        return (media for one in owners for media in self._store.owned(one))

    def _galleries_below(self, collections: Iterable[str]) -> Iterator[str]:
        """The galleries in collections, at any depth; a tree may run in circles."""
        seen, waiting = set[str](), list(collections)
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            for child in self._store.children(one):
                if child.kind is Holds.GALLERY:
                    yield child.id
                else:
                    waiting.append(child.id)

    def _visible(self, caller: Caller, there: Iterable[Media]) -> Iterator[Media]:
        """Without what is in the trash, and what the caller may not see."""
        for media in there:
            if media.trashed_at is None and self._may.may_with(caller, Deed.SEE, media):
                yield media


def sees_all_of_its_own(caller: Caller) -> bool:
    """Whether the caller is a member who sees everything; what others see depends on the time."""
    person = caller.person
    return bool(caller.organization and person and Deed.SEE in MEMBERS_MAY[person.role])
