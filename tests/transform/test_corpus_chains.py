"""Every file of the corpus through ten chains in the decoder's children: a picture or an error."""

import collections
import csv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bridge_app.domain.errors import DecoderLimitError, FileTroubleError, MediaError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.transform import TransformationError

CHAINS = (
    "c_fill,g_auto,h_200,w_300/f_jpg/q_auto",
    "c_thumb,g_face,h_120,r_max,w_120,z_0.8/f_png",
    "c_limit,w_400/a_17,b_rgb:336699/e_shadow:50,x_8,y_8/f_webp",
    "c_pad,b_auto:predominant,h_300,w_300/bo_4px_solid_orange,r_20/f_png",
    "c_pad,b_blurred:400:15,h_240,w_320/e_sepia:60/f_jpg",
    "e_trim:20/c_scale,w_250/e_sharpen:150/f_webp",
    "c_crop,g_center,h_0.5,w_0.5/e_saturation:-40/c_fit,h_200,w_200/o_70/f_png",
    "if_w_gt_h/c_fill,h_90,w_160/if_else/c_fill,h_160,w_90/if_end/e_cartoonify/f_jpg",
    "c_fit,w_300/l_text:Arial_30_bold:Sale%252C%20now,co_white,g_south,y_10/f_jpg,q_60",
    "a_90.hflip/c_lfill,g_north,h_150,w_250/e_distort:0:0:200:20:180:140:10:120/f_avif",
)
DAMAGED = {"jp2/00r0_gray_l.jp2"}
"""Its stream of data is; nor has PostScript without a preview a picture."""
EVERY = 24
"""Which share of the files the ordinary run takes: every so many."""


def rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def outcome(pool: DecoderPool, path: Path, chain: str) -> str:
    """What came of it: a picture that is what it says it is, or the name of a typed error."""
    try:
        rendered = pool.render(path, chain)
    except (FileTroubleError, MediaError, TransformationError) as error:
        return type(error).__name__
    assert rendered.data
    assert min(rendered.width, rendered.height) >= 1
    return "picture"


def test_intact_pictures_of_every_folder_go_through_every_chain(
    corpus: Path, decoder: DecoderPool
) -> None:
    kinds = {"jpeg", "png", "gif", "webp", "tiff", "avif"}
    intact = [r for r in rows(corpus) if r["expected"] == "ok" and r["kind"] in kinds]
    small = [r for r in intact if int(r["width"] or 0) * int(r["height"] or 0) < 4_000_000]
    for number, row in enumerate(small[::EVERY]):
        chain = CHAINS[number % len(CHAINS)]
        found = outcome(decoder, corpus / row["path"], chain)
        assert found == "picture", f"{row['path']} through {chain}: {found}"


@pytest.mark.soak
def test_every_file_goes_through_ten_chains_without_a_crash(corpus: Path) -> None:
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    limits: list[str] = []
    refused: set[str] = set()
    with DecoderPool(size=2) as pool, ThreadPoolExecutor(2) as both:
        asked = [(row, chain) for row in rows(corpus) for chain in CHAINS]
        outcomes = both.map(lambda one: outcome(pool, corpus / one[0]["path"], one[1]), asked)
        for (row, chain), found in zip(asked, outcomes, strict=True):
            counts[row["expected"], found] += 1
            if found == DecoderLimitError.__name__:
                limits.append(f"{row['path']} through {chain}")
            elif found == MediaError.__name__ and row["expected"] == "ok":
                refused.add(row["path"])
    for (expected, found), count in sorted(counts.items()):
        print(f"{expected:12} {found:20} {count}")  # noqa: T201 - a soak prints its figures
    print("\n".join(limits))  # noqa: T201
    assert counts["ok", "picture"] > 0
    assert not [line for line in limits if line.startswith(("photos/", "cameras/", "colour/"))]
    assert {path for path in refused if not path.endswith((".eps", ".ai"))} == DAMAGED
