"""Masters whose samples the renderer does not read are decoded for it; that is said."""

from pathlib import Path

import pytest

from bridge_app.domain.errors import MediaError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform.fidelity import Fidelity
from bridge_app.transform.fidelity_sayings import Saying

RARE = {
    "floatingpoint-64bit.tif": (64, 46),
    "flower-minisblack-12.tif": (73, 43),
    "hopper.Lab.tif": (128, 128),
    "ojpeg-strip.tif": (160, 160),
}


@pytest.mark.parametrize(("name", "size"), RARE.items())
def test_a_tiff_of_a_rare_kind_is_rendered(
    corpus: Path, decoder: DecoderPool, name: str, size: tuple[int, int]
) -> None:
    made = decoder.render(corpus / "tiff" / name, "e_sepia/f_png")
    assert (made.width, made.height) == size
    assert made.fidelity is not Fidelity.EXACT
    assert str(Saying.RARE_TIFF) in made.reasons


def test_a_damaged_tiff_is_refused(corpus: Path, decoder: DecoderPool) -> None:
    with pytest.raises(MediaError):
        decoder.render(corpus / "broken" / "value-beyond-eof.tif", "w_10/f_png")
