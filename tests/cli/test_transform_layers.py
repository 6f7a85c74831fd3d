"""`transform --layers`: pictures and fonts out of a folder; `--presets`: what names stand for."""

import json
from pathlib import Path

from PIL import Image

from bridge_app.cli.output import FAILED
from tests.cli.conftest import CommandLine
from tests.desk import picture


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


def test_what_a_transformation_names_comes_out_of_a_document_of_presets(
    empty: CommandLine, tmp_path: Path
) -> None:
    source, target = picture(tmp_path / "a.jpg"), tmp_path / "out.png"
    document = tmp_path / "presets.json"
    made = [
        {"name": "hero", "transformation": "c_fill,h_30,w_60/t_grey"},
        {"name": "grey", "transformation": "e_grayscale"},
        {"name": "endless", "transformation": "w_10/t_endless"},
    ]
    document.write_text(json.dumps({"kind": "asset-bridge/presets", "version": 1, "presets": made}))
    asked = ("transform", str(source), "t_hero", "-o", str(target), "--presets", str(document))
    [facts] = empty(*asked, "--json").lines
    assert (facts["width"], facts["height"], facts["fidelity"]) == (60, 30, "approximate")
    answer = empty("transform", str(source), "t_endless", *asked[3:])
    assert answer.status == FAILED
    assert "character 1 stands “t_endless”" in answer.err
