"""What a person is told about what a rendition keeps and loses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.losses import Fate, Holding, fates
from bridge_app.transform.parse import parse


def fate(text: str, holding: Holding, extension: str = "jpg") -> Fate:
    (found,) = fates(parse(text), [holding], extension=extension)
    return found


def test_the_master_itself_keeps_everything() -> None:
    found = fates(parse(""), list(Holding), extension="jpg")
    assert all(one.is_kept for one in found)
    assert [one.holding for one in found] == list(Holding)


@pytest.mark.parametrize(
    ("holding", "flag"),
    [
        (Holding.CREDIT, "keep_attribution"),
        (Holding.COPYRIGHT, "keep_attribution"),
        (Holding.DESCRIPTION, "keep_iptc"),
        (Holding.CAMERA, "keep_iptc"),
        (Holding.LOCATION, "keep_iptc"),
        (Holding.CREDENTIALS, "c2pa"),
    ],
)
def test_metadata_is_lost_by_default_and_its_flag_keeps_it(holding: Holding, flag: str) -> None:
    lost = fate("c_scale,w_100", holding)
    assert (lost.is_kept, lost.flag) == (False, flag)
    kept = fate(f"c_scale,w_100/fl_{flag}", holding)
    assert (kept.is_kept, kept.flag) == (True, None)
    assert str(kept) == f"fl_{flag} keeps it."


def test_keep_iptc_keeps_the_credit_too_but_nothing_with_automatic_quality() -> None:
    assert fate("fl_keep_iptc", Holding.CREDIT).is_kept
    spoilt = fate("fl_keep_iptc/q_auto:eco", Holding.DESCRIPTION)
    assert (spoilt.is_kept, spoilt.flag) == (False, None)
    assert "q_auto:eco" in str(spoilt)
    assert fate("fl_keep_iptc/q_auto:eco", Holding.CREDIT).flag == "keep_attribution"
    assert fate("fl_keep_iptc/q_auto/q_80", Holding.DESCRIPTION).is_kept


def test_stripping_wins_over_keeping() -> None:
    assert not fate("fl_force_strip.keep_attribution", Holding.COPYRIGHT).is_kept


@pytest.mark.parametrize("extension", ["avif", "gif"])
def test_some_formats_have_no_place_for_it(extension: str) -> None:
    lost = fate("fl_keep_attribution", Holding.COPYRIGHT, extension)
    assert (lost.is_kept, lost.flag) == (False, None)
    assert extension.upper() in str(lost)


@pytest.mark.parametrize(
    ("text", "kept", "flag"),
    [
        ("c_scale,w_10", True, None),
        ("fl_strip_profile", False, "force_icc"),
        ("cs_srgb", False, None),
        ("cs_tinysrgb", False, None),
        ("cs_copy", True, None),
    ],
)
def test_the_profile_stays_unless_it_is_taken_off(text: str, kept: bool, flag: str | None) -> None:
    found = fate(text, Holding.PROFILE)
    assert (found.is_kept, found.flag) == (kept, flag)


@pytest.mark.parametrize(
    ("text", "extension", "kept", "flag"),
    [
        ("f_webp", "webp", True, None),
        ("f_jpg", "jpg", False, None),
        ("f_auto", "jpg", False, "preserve_transparency"),
        ("f_png,fl_png24", "png", False, "png32"),
    ],
)
def test_transparency_depends_on_the_format(
    text: str, extension: str, kept: bool, flag: str | None
) -> None:
    found = fate(text, Holding.TRANSPARENCY, extension)
    assert (found.is_kept, found.flag) == (kept, flag)


@pytest.mark.parametrize(
    ("text", "extension", "kept", "flag"),
    [
        ("f_gif", "gif", True, None),
        ("f_webp", "webp", False, "awebp"),
        ("f_webp,fl_awebp", "webp", True, None),
        ("f_auto,fl_animated", "webp", True, None),
        ("f_png", "png", False, "apng"),
        ("f_jpg", "jpg", False, None),
    ],
)
def test_an_animation_needs_a_format_and_often_a_flag(
    text: str, extension: str, kept: bool, flag: str | None
) -> None:
    found = fate(text, Holding.ANIMATION, extension)
    assert (found.is_kept, found.flag) == (kept, flag)


@given(
    st.lists(
        st.sampled_from(
            ["keep_iptc", "keep_attribution", "force_strip", "strip_profile", "awebp", "c2pa"]
        ),
        max_size=4,
        unique=True,
    ),
    st.sampled_from(["", "/q_auto", "/q_80", "/f_auto", "/cs_srgb"]),
    st.sampled_from(["jpg", "png", "webp", "avif", "gif", "mp4"]),
    st.sampled_from(Holding),
)
def test_a_flag_is_named_only_for_what_is_lost_and_the_sentence_is_whole(
    flags: list[str], rest: str, extension: str, holding: Holding
) -> None:
    text = (f"fl_{'.'.join(flags)}" if flags else "w_9") + rest
    found = fate(text, holding, extension)
    assert not (found.is_kept and found.flag)
    assert str(found).endswith(".")
    assert "{" not in str(found)
