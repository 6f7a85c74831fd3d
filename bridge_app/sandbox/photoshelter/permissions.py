"""Who may see what, and do what with it: roles, the modes of containers, granted rights.

Source: reference/photoshelter.md 4.5, 7.4 and 16: what one may not see answers 401, not 404.
"""

from dataclasses import dataclass
from enum import Enum, auto

from bridge_app.sandbox.photoshelter.clock import ShelterClock
from bridge_app.sandbox.photoshelter.errors import no_permission, not_found
from bridge_app.sandbox.photoshelter.records import (
    AccessRight,
    Container,
    Holds,
    Media,
    Mode,
    Person,
    Role,
)
from bridge_app.sandbox.photoshelter.store import ShelterStore, places


class Deed(Enum):
    """What somebody wants to do with something."""

    SEE = auto()
    TAG = auto()
    """Change metadata."""
    UPLOAD = auto()
    ARRANGE = auto()
    """Create, change, move or delete containers; move, replace or delete media."""


MEMBERS_MAY = {
    Role.ADMIN: frozenset(Deed),
    Role.EDITOR: frozenset(Deed),
    Role.TAGGER: frozenset({Deed.SEE, Deed.TAG}),
    Role.CONTRIBUTOR: frozenset({Deed.UPLOAD}),
    Role.INVITED: frozenset[Deed](),
}
STRICTEST_FIRST = (Mode.PRIVATE, Mode.PERMISSION, Mode.EVERYONE)
KINDS = {Holds.COLLECTION: "Collection", Holds.GALLERY: "Gallery"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls: nobody in particular, a person, or a person in an organization.

    `word` is the password or the token of a container that the call brought along, `through` the
    collections and galleries that it says it comes by (`collection_id`, `gallery_id`).
    """

    person: Person | None = None
    organization: str = ""
    word: str = ""
    through: tuple[str, ...] = ()

    @property
    def user_id(self) -> str:
        """The person's identifier; "" for nobody."""
        return self.person.id if self.person else ""


class Permissions:
    """Answers what a caller may do. Used on the event loop; pure but for the store it reads."""

    def __init__(self, store: ShelterStore, clock: ShelterClock) -> None:
        self._store = store
        self._clock = clock

    def mode(self, container: Container, through: tuple[str, ...] = ()) -> Mode:
        """The effective mode: its own one, or that of the collection it inherits from.

        Of several parents it is the strictest one's, or that of the one a call comes through.
        """
        return self._mode(container, through, frozenset())

    def _mode(self, container: Container, through: tuple[str, ...], seen: frozenset[str]) -> Mode:
        if not (container.inherits and container.parents) or container.id in seen:
            return container.mode
        chosen = [one for one in container.parents if one in through] or list(container.parents)
        parents = [found for one in chosen if (found := self._store.container(one))]
        modes = [self._mode(one, through, seen | {container.id}) for one in parents]
        return min(modes, key=STRICTEST_FIRST.index, default=container.mode)

    def rights(self, container: Container) -> list[tuple[Container, AccessRight]]:
        """The rights on a container, each with where it stands: its own, then inherited ones."""
        found, seen, waiting = [], set[str](), [container]
        while waiting:
            one = waiting.pop(0)
            if one.id in seen:
                continue
            seen.add(one.id)
            found += [(one, right) for right in one.rights]
            if one.inherits:
                waiting += [up for name in one.parents if (up := self._store.container(name))]
        return found

    def may(self, caller: Caller, deed: Deed, container: Container) -> bool:
        """Whether the caller may do it with a container or what is in it."""
        if self._member_may(caller, deed, container.organization):
            return True
        return deed is Deed.SEE and self._is_open(caller, container)

    def sees(self, caller: Caller, container: Container) -> bool:
        """Whether the caller may see that a container is there; contributors have to."""
        return self.may(caller, Deed.SEE, container) or self._member_may(
            caller, Deed.UPLOAD, container.organization
        )

    def may_see_in(self, caller: Caller, media: Media, gallery: Container) -> bool:
        """Whether the caller may see a media item where it lies in a gallery."""
        return self.may(caller, Deed.SEE, gallery) or self.may_with(caller, Deed.SEE, media)

    def may_with(self, caller: Caller, deed: Deed, media: Media) -> bool:
        """Whether the caller may do it with a media item."""
        if self._member_may(caller, deed, media.organization):
            return True
        if deed is not Deed.SEE:
            return False
        galleries = (self._store.container(one) for one in places(media))
        return any(self._is_open(caller, one) for one in galleries if one)

    def container(
        self, caller: Caller, container_id: str, *, kind: Holds, deed: Deed = Deed.SEE
    ) -> Container:
        """The container with this identifier, with which the caller may do it.

        Raises:
            ShelterError: 404, there is none; 401, the caller may not.
        """
        found = self._store.container(container_id)
        if found is None or found.kind is not kind:
            raise not_found(KINDS[kind])
        allowed = self.sees(caller, found) if deed is Deed.SEE else self.may(caller, deed, found)
        if not allowed:
            raise no_permission(KINDS[kind])
        return found

    def media(self, caller: Caller, media_id: str, *, deed: Deed = Deed.SEE) -> Media:
        """The media item with this identifier, with which the caller may do it.

        Raises:
            ShelterError: 404, there is none, or it is in the trash; 401, the caller may not.
        """
        found = self._store.media(media_id)
        if found is None or found.trashed_at is not None:
            raise not_found("Media")
        if not self.may_with(caller, deed, found):
            raise no_permission("Media")
        return found

    def in_organization(self, caller: Caller, organization: str, deed: Deed) -> None:
        """The caller may do it in an organization: in its root, or with what belongs to it.

        Raises:
            ShelterError: 401, the caller may not.
        """
        if not self._member_may(caller, deed, organization):
            raise no_permission("Organization")

    def _member_may(self, caller: Caller, deed: Deed, organization: str) -> bool:
        """Whether the caller's session is in this organization, and their role allows it."""
        if caller.person is None or caller.organization != organization:
            return False
        return deed in MEMBERS_MAY[caller.person.role]

    def _is_open(self, caller: Caller, container: Container) -> bool:
        """Whether somebody from outside may see a container."""
        match self.mode(container, caller.through):
            case Mode.EVERYONE:
                return True
            case Mode.PRIVATE:
                return False
            case Mode.PERMISSION:
                return any(self.opens(caller, right) for _, right in self.rights(container))

    def opens(self, caller: Caller, right: AccessRight) -> bool:
        """Whether a right is the caller's, and has not ended."""
        if right.expires is not None and right.expires <= self._clock.now():
            return False
        if right.kind in {"contact", "group"}:
            return bool(caller.user_id) and right.value == caller.user_id
        if right.kind in {"password", "token"}:
            return bool(caller.word) and right.value == caller.word
        return right.value == "OPEN"
