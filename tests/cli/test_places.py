"""`asset-bridge places`: where assets went, from the shell."""

from pathlib import Path

from PIL import Image

from tests.cli.conftest import CommandLine
from tests.desk import picture


def test_places_are_listed_with_what_is_outdated(with_account: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "masters"
    picture(folder / "a.jpg", 1)
    picture(folder / "b.jpg", 2)
    assert with_account("library", "add", str(folder)).status == 0
    assert with_account("approve", "a.jpg", "b.jpg").status == 0
    assert with_account("push", "a.jpg", "b.jpg", "--wait").status == 0
    told = with_account("places", "a.jpg", "--json").lines
    assert [(one["kind"], one["stale"]) for one in told] == [("push", False)]
    assert str(told[0]["place"]).startswith("http")
    assert with_account("places", "--stale").out == ""
    Image.new("RGB", (300, 220), (200, 30, 90)).save(folder / "a.jpg", quality=90)
    assert with_account("library", "add", str(folder)).status == 0
    outdated = with_account("places", "--stale", "--json").lines
    assert [one["asset"] for one in outdated] == [told[0]["asset"]]
    assert outdated[0]["place"] == "", "no address is given out of what is not approved"


def test_the_places_of_an_asset_that_is_unknown_are_none(with_account: CommandLine) -> None:
    assert with_account("places", "nobody.jpg").status != 0
