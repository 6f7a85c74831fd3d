"""`transform --layers`: pictures and fonts of layers out of a folder."""

from pathlib import Path

from PIL import Image

from tests.cli.conftest import CommandLine


def test_layers_come_out_of_the_folder_that_is_named(empty: CommandLine, tmp_path: Path) -> None:
    source, target = tmp_path / "a.png", tmp_path / "b.png"
    Image.new("RGB", (60, 40), (90, 90, 90)).save(source)
    (tmp_path / "brand").mkdir()
    Image.new("RGB", (10, 10), (255, 0, 0)).save(tmp_path / "brand" / "logo.png")
    asked = ("transform", str(source), "l_brand:logo,g_north_west", "-o", str(target), "--json")

    (without,) = empty(*asked).lines
    assert without["fidelity"] == "cloud only"
    assert without["reasons"] == ["The layer l_brand:logo is not known here; it is left out."]

    (said,) = empty(*asked, "--layers", str(tmp_path)).lines
    assert (said["fidelity"], said["reasons"]) == ("exact", [])
    with Image.open(target) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)
        assert image.convert("RGB").getpixel((15, 15)) == (90, 90, 90)
