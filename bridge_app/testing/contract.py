"""The contract of every kind of library: what is told of masters, and what absence means."""

from pathlib import Path

from bridge_app.domain.errors import TransientError
from bridge_app.testing.demands import demand, demand_same, refusal
from bridge_app.testing.pictures import jpeg
from bridge_app.testing.subject import Place, Seen, Subject

HEROES: Place = ("Season", "Heroes")
PRESS: Place = ("Press",)


class LibraryContract:
    """Subclass it in a test module and give a fixture `subject`: a new, empty `Subject`."""

    def test_an_empty_library_lists_nothing(self, subject: Subject) -> None:
        """And that is no trouble."""
        demand_same(subject.adapter.listed(), [], "an empty library has no masters")

    def test_every_master_is_listed_once_with_its_name_place_and_size(
        self, subject: Subject
    ) -> None:
        """Whatever it is called."""
        put: dict[tuple[str, Place], int] = {}
        for number, name in enumerate(subject.names):
            for place in (HEROES, PRESS) if number == 0 else (HEROES,):
                data = jpeg(number + 10 * len(place))
                subject.hands.put(place, name, data)
                put[name, place] = len(data)
        listed = subject.adapter.listed()
        found = {(one.name, place): one.bytes for one in listed for place in one.places}
        demand_same(found, put, "what was put there is what is listed")
        demand_same(len({one.key for one in listed}), len(put), "each has an identity of its own")
        demand_same(len(listed), len(put), "none is listed twice")

    def test_nothing_changes_while_nobody_changes_anything(self, subject: Subject) -> None:
        """Identities and contents are told alike each time, by a listing and by identity."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        subject.hands.put(PRESS, "press.jpg", jpeg(2))
        first = {one.key: one for one in subject.adapter.listed()}
        demand_same({one.key: one for one in subject.adapter.listed()}, first, "listed again")
        demand_same({key: subject.adapter.look(key) for key in first}, first, "read by identity")

    def test_another_file_is_another_content(self, subject: Subject) -> None:
        """A decision about the old one must not count for the new one."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        before = only(subject)
        subject.hands.replace(HEROES, "hero.jpg", jpeg(2, width=80))
        after = only(subject)
        demand(after.content != before.content, "a replaced file has another content")
        demand_same(after.bytes, len(jpeg(2, width=80)), "and its own size")

    def test_a_master_that_was_moved_is_listed_where_it_lies_now(self, subject: Subject) -> None:
        """Once, and not where it was."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        subject.hands.move(HEROES, "hero.jpg", to=PRESS)
        demand_same(only(subject).places, frozenset({PRESS}), "it lies where it was moved to")

    def test_a_master_that_was_removed_is_certainly_not_there(self, subject: Subject) -> None:
        """A read by identity says so, and its neighbours are as they were."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        gone = only(subject)
        subject.hands.put(HEROES, "stays.jpg", jpeg(2))
        subject.hands.remove(HEROES, "hero.jpg")
        demand_same(subject.adapter.look(gone.key), None, "what was removed is not there")
        demand_same(only(subject).name, "stays.jpg", "its neighbour is")

    def test_a_library_that_cannot_be_reached_says_so_and_is_never_empty(
        self, subject: Subject
    ) -> None:
        """Absence of an answer is not absence of masters; afterwards all is as it was."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        known = only(subject)
        with subject.hands.unreachable():
            refusal(subject.adapter.listed, TransientError, "a listing of what is out of reach")
            refusal(lambda: subject.adapter.look(known.key), TransientError, "a read out of reach")
        demand_same(only(subject), known, "it is there again")

    def test_the_file_that_is_fetched_is_the_master(self, subject: Subject, tmp_path: Path) -> None:
        """Byte for byte."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(7))
        subject.adapter.fetch(only(subject).key, tmp_path / "fetched.jpg")
        demand_same((tmp_path / "fetched.jpg").read_bytes(), jpeg(7), "the same bytes arrive")


class IdentityContract(LibraryContract):
    """The same for libraries whose masters keep their identity whatever becomes of them."""

    def test_identity_survives_a_move_and_a_new_file(self, subject: Subject) -> None:
        """Names and places may change and repeat; the identity does not."""
        subject.hands.put(HEROES, "hero.jpg", jpeg(1))
        before = only(subject)
        subject.hands.move(HEROES, "hero.jpg", to=PRESS)
        moved = only(subject)
        demand_same(moved.key, before.key, "a moved master is the same one")
        demand_same(moved.content, before.content, "and its file is the same")
        subject.hands.replace(PRESS, "hero.jpg", jpeg(2))
        demand_same(only(subject).key, before.key, "a master with a new file is the same one")


def only(subject: Subject) -> Seen:
    """The one master that there is."""
    listed = subject.adapter.listed()
    demand_same(len(listed), 1, "there is one master")
    return listed[0]
