"""What is said of pictures and fonts that are not here."""

from pathlib import Path

import pytest
from PIL import Image

from bridge_app.transform import Fidelity, TransformationError, parse
from bridge_app.transform.fidelity import assess, worst
from bridge_app.transform.layer_fidelity import about_layers
from bridge_app.transform.layer_sources import LayerFolder, NoLayers
from bridge_app.transform.layers import layer_spans


@pytest.fixture
def sources(tmp_path: Path, corpus: Path) -> LayerFolder:
    Image.new("RGB", (9, 9)).save(tmp_path / "logo.png")
    (tmp_path / "philly.otf").write_bytes((corpus / "fonts" / "PhillySans.otf").read_bytes())
    (tmp_path / "web.woff2").write_bytes((corpus / "fonts" / "fixture.woff2").read_bytes())
    return LayerFolder(tmp_path)


@pytest.mark.parametrize(
    ("text", "fidelity", "said"),
    [
        ("l_logo/fl_layer_apply", Fidelity.EXACT, ""),
        ("l_logo/e_sepia/fl_layer_apply,g_west", Fidelity.EXACT, ""),
        ("l_none/fl_layer_apply", Fidelity.CLOUD_ONLY, "l_none is not known here"),
        ("u_fetch:YQ==", Fidelity.CLOUD_ONLY, "u_fetch:YQ== is not known here"),
        ("l_logo/u_none/fl_layer_apply/fl_layer_apply", Fidelity.CLOUD_ONLY, "u_none is not"),
        ("l_text:Inter_9:x", Fidelity.EXACT, ""),
        ("l_text:Nowhere%20Sans_9:x", Fidelity.APPROXIMATE, "The font Nowhere Sans is not here"),
        ("l_text:philly.otf_9:x", Fidelity.EXACT, ""),
        ("l_text:none.otf_9:x", Fidelity.APPROXIMATE, "none.otf is not known here"),
        ("l_text:web.woff2_9:x", Fidelity.APPROXIMATE, "web.woff2 cannot be read here"),
        ("l_text:card:x", Fidelity.CLOUD_ONLY, "template card is known to Cloudinary only"),
        ("l_text:Inter_9_stroke:x,bo_2px_solid_red", Fidelity.APPROXIMATE, "stroke"),
        ("l_text:Inter_9_stroke:x", Fidelity.EXACT, ""),
        ("l_logo/fl_layer_apply,fl_tiled", Fidelity.EXACT, ""),
        ("l_logo/fl_layer_apply,fl_tiled,x_5", Fidelity.APPROXIMATE, "tiles"),
    ],
)
def test_each_missing_thing_is_named(
    sources: LayerFolder, text: str, fidelity: Fidelity, said: str
) -> None:
    found = worst(about_layers(layer_spans(parse(text)), sources))
    assert found.fidelity is fidelity
    assert said in " ".join(found.reasons)
    assert bool(said) == bool(found.reasons)


def test_an_inner_layer_that_is_none_is_refused_in_the_whole_text() -> None:
    text = "e_sepia/l_a/w_5/l_fetch:%%%/fl_layer_apply/fl_layer_apply"
    with pytest.raises(TransformationError) as caught:
        about_layers(layer_spans(parse(text)), NoLayers())
    assert text[caught.value.position :].startswith("%%%")


@pytest.mark.parametrize(
    ("text", "fidelity"),
    [
        ("l_logo/e_multiply,fl_layer_apply", Fidelity.EXACT),
        ("l_logo/e_screen,fl_layer_apply,fl_no_overflow", Fidelity.EXACT),
        ("l_logo/fl_cutter,fl_layer_apply,g_south", Fidelity.EXACT),
        ("l_logo,e_cut_out", Fidelity.EXACT),
        ("l_fetch:YQ==/fl_layer_apply", Fidelity.EXACT),
        ("l_logo,e_mask", Fidelity.APPROXIMATE),
        ("l_logo,e_displace,x_9", Fidelity.APPROXIMATE),
        ("l_text:Inter_9:x", Fidelity.APPROXIMATE),
        ("l_logo,e_anti_removal", Fidelity.CLOUD_ONLY),
        ("l_logo/fl_layer_apply,fl_clip", Fidelity.CLOUD_ONLY),
        ("l_video:dog/fl_layer_apply", Fidelity.CLOUD_ONLY),
        ("l_lut:x.3dl", Fidelity.CLOUD_ONLY),
        ("l_subtitles:x.srt", Fidelity.CLOUD_ONLY),
    ],
)
def test_the_words_of_a_layer_are_judged_without_its_file(text: str, fidelity: Fidelity) -> None:
    assert assess(parse(text)).fidelity is fidelity
