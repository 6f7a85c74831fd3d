"""How what a person types finds what can be done."""

import pytest

from bridge_app.ui.commands.command import Command, Sort, at_rest, best, find
from bridge_app.ui.commands.found_row import caps
from bridge_app.ui.commands.matching import Findable, match, words_of


def command(
    name: str, *, where: str = "", also: str = "", sort: Sort = Sort.COMMAND, why_not: str = ""
) -> Command:
    found_by = Findable(name=name, also=(also,), around=where)
    return Command(name=name, found_by=found_by, sort=sort, why_not=why_not, run=lambda: None)


def names(*commands: Command, typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [one.command.title for one in find(commands, typed, recent)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("app", "Approve"),
        ("comment app", "Approve with Comment"),
        ("rq", "Review Queue"),
        ("cpymeta", "Copy Metadata"),
        ("verof", "Veröffentlichen"),
        ("VERÖF", "Veröffentlichen"),
        ("strasse", "Straße wählen"),
        ("メタ", "メタデータをコピー"),
        ("نسخ", "نَسخ البيانات"),
    ],
)
def test_a_name_is_found_by_parts_initials_and_without_accents(typed: str, name: str) -> None:
    assert match(Findable(name=name), words_of(typed)) is not None


@pytest.mark.parametrize("typed", ["xyz", "approve never", "evorppa", "zq"])
def test_what_does_not_fit_is_not_found(typed: str) -> None:
    assert match(Findable(name="Approve with Comment"), words_of(typed)) is None


def test_what_was_typed_is_marked_in_the_name_as_it_is_written() -> None:
    hit = match(Findable(name="Straße ändern"), words_of("strasse and"))
    assert hit is not None
    assert hit.marked == frozenset({0, 1, 2, 3, 4, 5, 7, 8, 9})


def test_a_command_is_found_by_its_english_name_and_by_its_menu() -> None:
    german = command("Freigeben", also="Approve", where="Prüfung")
    assert names(german, typed="approve") == ["Freigeben"]
    assert names(german, typed="prüf frei") == ["Freigeben"]


def test_the_beginning_of_a_word_goes_before_its_middle_and_what_cannot_be_done_comes_later() -> (
    None
):
    found = names(
        command("Unpublish"),
        command("Publish", why_not="Choose assets first."),
        command("Pull Back"),
        command("Public Link"),
        typed="pu",
    )
    assert found == ["Pull Back", "Public Link", "Publish", "Unpublish"]


def test_what_was_used_last_goes_before_what_fits_as_well() -> None:
    commands = [command("Reject"), command("Review"), command("Rights")]
    assert names(*commands, typed="r", recent=("Rights", "Review"))[:2] == ["Rights", "Review"]


def test_before_anything_is_typed_what_was_used_last_stands_first() -> None:
    commands = [command("One"), command("Two", why_not="Not now."), command("Three")]
    place = command("Coast", sort=Sort.PLACE)
    found = at_rest([*commands, place], ("Three", "gone", "Coast"))
    assert [one.command.title for one in found] == ["Three", "Coast", "One", "Two"]
    assert [one.is_recent for one in found] == [True, True, False, False]


def test_what_is_found_elsewhere_takes_its_place_by_how_well_it_fits() -> None:
    here = find([command("Coastline"), command("Encoast")], "coast", ())
    there = find([command("Coast", sort=Sort.PLACE)], "coast", ())
    assert [one.command.title for one in best(here, there)] == ["Coast", "Coastline", "Encoast"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("", []),
        ("A, Ctrl+Shift+A", ["A"]),
        ("Ctrl+Shift+A", ["Ctrl", "Shift", "A"]),
        ("Ctrl++", ["Ctrl", "+"]),
        ("F5", ["F5"]),
    ],
)
def test_keys_are_drawn_one_by_one(keys: str, expected: list[str]) -> None:
    assert caps(keys) == expected
