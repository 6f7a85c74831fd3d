"""Reads the tree of a PhotoShelter-style service: whole, or only what has changed in it.

A walk goes on at the page where it was cut short, and never twice into the same collection. What
a listing does not show any more is forgotten only when that was proven, see `shelter_gone`; and
nothing leaves the collection it lay in before that was read twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bridge_app.domain.shelter import ContainerKind, ShelterContainer, service_name
from bridge_app.domain.shelter_tree import segment
from bridge_app.libraries.photoshelter.errors import (
    CutShortError,
    EndlessListingError,
    NoPermissionError,
    NotOfferedError,
    NotThereError,
)
from bridge_app.storage.shelter_state import ShelterSync
from bridge_app.work.shelter_gone import MissingContainers
from bridge_app.work.shelter_keep import ShelterKeep, ShelterListing, ShelterStores

MOST = 100_000
"""Containers of one account; more are a service that does not come to its end."""
REFUSALS = (NoPermissionError, NotThereError)


@dataclass(slots=True)
class WalkMemory:
    """What is remembered from one sync to the next, while the program runs.

    `unlisted` are the containers that the listings of all containers did not show although a
    walk right after found them: there is no need for another walk.
    """

    unlisted: frozenset[str] = frozenset()


@dataclass(slots=True)
class ShelterWalk:
    """Brings the containers of one account up to date. Blocks; raises BridgeError.

    `state` is how far the sync is, before and after; `gone` are containers that were not there
    when they were asked for, so that what lies in them has to be read again.
    """

    service: ShelterListing
    stores: ShelterStores
    keep: ShelterKeep
    state: ShelterSync
    check: Callable[[], None]
    memory: WalkMemory
    missing: MissingContainers
    gone: frozenset[str] = frozenset()
    _known: dict[str, ShelterContainer] = field(default_factory=dict)
    _shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def look(self, *, thorough: bool) -> ShelterSync:
        """Walk through everything, or look whether anything has changed first."""
        if self.state.todo is None and (thorough or not self.state.tree):
            self.state = replace(self.state, todo=(("", 1),))
        if self.state.todo is not None:
            self._walk()
        else:
            self._compare()
        return self.state

    def confirm(self, state: ShelterSync) -> None:
        """Ask again for what was not there an hour ago; what is proven to be gone is forgotten."""
        self.state, account = state, self.state.account
        asked = self.missing.confirm()
        known = self.stores.containers.containers(account)
        self._known = {one.id: one for one in known}
        self.memory.unlisted &= self._known.keys()
        self.gone |= asked.gone
        self._take(map(self._with_facts, asked.there))
        if asked.there or asked.gone:
            self._use_tree()

    # The whole

    def _walk(self) -> None:
        walk = self.state.tree + 1
        account = self.state.account
        self._known = {one.id: one for one in self.stores.containers.containers(account)}
        seen = set(self.stores.containers.seen_containers(account, walk))
        is_whole = not seen
        self._shown.clear()
        while self.state.todo:
            (parent, page), *rest = self.state.todo
            try:
                self._read_below(parent, page, seen)
            except REFUSALS as error:
                if not parent:
                    raise
                is_whole = False
                self._note(parent, str(error))
            except CutShortError:
                is_whole = False
            rest = [one for one in self.state.todo or () if one[0] != parent]
            self.state = replace(self.state, todo=tuple(rest))
        self.state = replace(self.state, todo=None, tree=walk)
        self.stores.mirror.put_state(self.state)
        asked = self.missing.ask(self._known.keys() - seen)
        self.gone |= asked.gone
        self._take(map(self._with_facts, asked.there))
        if is_whole:
            self._take(self._moved(seen))
        self._use_tree()

    def _moved(self, seen: set[str]) -> list[ShelterContainer]:
        """Those that the walk did not show where they lay before, without these places.

        Where a place itself was not shown, they stay until it is proven to be gone.
        """
        left: dict[str, set[str]] = defaultdict(set)
        for one in seen & self._known.keys():
            for place in seen & set(self._known[one].parents) - self._shown[one]:
                left[place].add(one)
        out = {place: ids - self._inside(place, ids).keys() for place, ids in left.items()}
        return [
            self._without(one, {place for place, ids in out.items() if one in ids})
            for one in set().union(*out.values())
        ]

    def _without(self, container: str, places: set[str]) -> ShelterContainer:
        known = self._known[container]
        return replace(known, parents=tuple(one for one in known.parents if one not in places))

    def _inside(self, place: str, otherwise: set[str]) -> dict[str, ShelterContainer]:
        """What lies in a collection; where that is not told to the end, those named besides."""
        inside: dict[str, ShelterContainer] = {}
        try:
            for page in self.service.containers(place):
                self.check()
                inside |= {one.id: one for one in page}
                self._check_bound(len(inside))
        except CutShortError:
            return {one: self._known[one] for one in otherwise} | inside
        except REFUSALS as error:
            self._note(place, str(error))
            return {one: self._known[one] for one in otherwise}
        return inside

    def _read_below(self, parent: str, page: int, seen: set[str]) -> None:
        """Read a collection's pages; each is stored together with what is to be read next."""
        pages = self.service.containers(parent or None, first_page=page)
        for number, found in enumerate(pages, start=page):
            self.check()
            fresh = [one for one in found if one.id not in seen]
            kept = [self._within(one, parent) for one in found]
            for one in found:
                self._shown[one.id].add(parent)
            self._known |= {one.id: one for one in kept}
            seen |= {one.id for one in found}
            self._check_bound(len(seen))
            deeper = [
                (one.id, 1)
                for one in fresh
                if one.kind is ContainerKind.COLLECTION and one.id != parent
            ]
            rest = [one for one in self.state.todo or () if one[0] != parent]
            todo = ((parent, number + 1), *rest, *dict.fromkeys(deeper))
            self.state = replace(self.state, todo=todo)
            walk = self.state.tree + 1
            self.stores.containers.put_containers(kept, self.state, walk=walk)

    # What changed

    def _compare(self) -> None:
        """All containers in a few calls: most of the time nothing is different."""
        account = self.state.account
        self._known = {one.id: one for one in self.stores.containers.containers(account)}
        try:
            there = self._listed()
        except NotOfferedError:
            there = {}
        changed = [one for one in there.values() if self._differs(one)]
        collections = [one.id for one in changed if one.kind is ContainerKind.COLLECTION]
        # One that was moved may lie elsewhere now: what it lay in is looked into as well.
        above = (up for one in collections for up in self._known[one].parents)
        places = dict.fromkeys([*collections, *above])
        # Kept together: a sync that is cut short in between finds the same differences again.
        found: dict[str, ShelterContainer] = {}
        self._hold(found, (self._with_facts(one) for one in changed))
        for place in places:
            self._look_into(place, found)
        self._take(found.values())
        unlisted = frozenset(self._known.keys() - there.keys())
        is_new = bool(there.keys() - self._known.keys())
        if is_new or unlisted != self.memory.unlisted:
            self._begin_walk(there)
            self.memory.unlisted = unlisted
        elif changed:
            self._use_tree()

    def _begin_walk(self, there: Mapping[str, ShelterContainer]) -> None:
        """Walk through everything; what only the listings show is at the top."""
        self.state = replace(self.state, todo=(("", 1),))
        self._walk()
        apart = [one for one in there.values() if one.id not in self._known]
        if apart:
            self._take(apart)
            self._use_tree()

    def _listed(self) -> dict[str, ShelterContainer]:
        there: dict[str, ShelterContainer] = {}
        for kind in (ContainerKind.COLLECTION, ContainerKind.GALLERY):
            # Those that it leaves out are walked to.
            with suppress(CutShortError):
                for page in self.service.all_containers(kind):
                    self.check()
                    there |= {one.id: one for one in page}
                    self._check_bound(len(there))
        return there

    def _differs(self, one: ShelterContainer) -> bool:
        known = self._known.get(one.id)
        return known is not None and (one.name, one.modified_at) != (known.name, known.modified_at)

    def _with_facts(self, one: ShelterContainer) -> ShelterContainer:
        """What a listing says anew; not every service says in it where a container lies."""
        known = self._known[one.id]
        return replace(
            known,
            parents=one.parents or known.parents,
            name=one.name,
            description=one.description,
            is_listed=one.is_listed,
            visibility=one.visibility,
            modified_at=one.modified_at,
        )

    def _look_into(self, parent: str, found: dict[str, ShelterContainer]) -> None:
        """Read one collection again: what came into it, and what went out of it."""
        before = {one.id for one in self._known.values() if parent in one.parents}
        inside = self._inside(parent, before)
        if before - inside.keys():
            inside |= self._inside(parent, before)
        went = [self._without(one, {parent}) for one in before - inside.keys()]
        self._hold(found, [*(self._within(one, parent) for one in inside.values()), *went])

    def _hold(
        self, found: dict[str, ShelterContainer], containers: Iterable[ShelterContainer]
    ) -> None:
        held = {one.id: one for one in containers}
        found |= held
        self._known |= held

    def _within(self, one: ShelterContainer, parent: str) -> ShelterContainer:
        known = self._known.get(one.id)
        above = (*(known.parents if known else ()), *([parent] if parent else []))
        return replace(one, parents=tuple(dict.fromkeys(above)))

    # The rest

    def _take(self, containers: Iterable[ShelterContainer]) -> None:
        taken = list(containers)
        self._known |= {one.id: one for one in taken}
        if taken:
            self.stores.containers.put_containers(taken, self.state, walk=self.state.tree)

    def _note(self, container: str, why: str) -> None:
        known = self._known.get(container)
        name = known.name if known else container
        self.stores.mirror.skip(self.state.account, segment(name) or container, why)

    def _check_bound(self, count: int) -> None:
        if count > MOST:
            detail = f"more than {MOST} collections and galleries"
            raise EndlessListingError(service=service_name(self.state.account), detail=detail)

    def _use_tree(self) -> None:
        self.keep.use_tree(self.stores.containers.tree(self.state.account))
