"""What a layer names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError
from bridge_app.transform.layer_source import (
    Access,
    FetchedLayer,
    LayerKind,
    LayerSource,
    StoredLayer,
    TextLayer,
    layer_source,
)
from bridge_app.transform.text_style import TextStyle

ARIAL = TextStyle(family="Arial", size=40)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("logo", StoredLayer(public_id="logo")),
        ("dir:sub:logo", StoredLayer(public_id="dir/sub/logo")),
        ("dir:logo.png", StoredLayer(public_id="dir/logo.png")),
        ("my%20logo", StoredLayer(public_id="my logo")),
        ("private:logo", StoredLayer(public_id="logo", access=Access.PRIVATE)),
        ("authenticated:a:b", StoredLayer(public_id="a/b", access=Access.AUTHENTICATED)),
        ("video:dog", StoredLayer(public_id="dog", kind=LayerKind.VIDEO)),
        (
            "video:authenticated:dog",
            StoredLayer(public_id="dog", kind=LayerKind.VIDEO, access=Access.AUTHENTICATED),
        ),
        ("audio:bell", StoredLayer(public_id="bell", kind=LayerKind.AUDIO)),
        ("lut:iwltbap_aspen.3dl", StoredLayer(public_id="iwltbap_aspen.3dl", kind=LayerKind.LUT)),
        ("subtitles:x.srt", StoredLayer(public_id="x.srt", kind=LayerKind.SUBTITLES)),
        ("fetch:aHR0cHM6Ly9hLmIvYy5wbmc=", FetchedLayer(url="https://a.b/c.png")),
        ("fetch:aHR0cHM6Ly9hLmIvYy5wbmc", FetchedLayer(url="https://a.b/c.png")),
        (
            "video:fetch:aHR0cHM6Ly9hLmIvYy5tcDQ=",
            FetchedLayer(url="https://a.b/c.mp4", kind=LayerKind.VIDEO),
        ),
        ("text:Arial_40:Hi", TextLayer(text="Hi", style=ARIAL)),
        ("text:Arial_40:Price:%20%24(x)", TextLayer(text="Price: $(x)", style=ARIAL)),
        ("text:Arial_40:", TextLayer(text="", style=ARIAL)),
        (
            "text:Open%20Sans_40:Hi%252C%20you",
            TextLayer(text="Hi, you", style=TextStyle(family="Open Sans", size=40)),
        ),
        (
            "text:fonts:my_face.ttf_40:a:b.ttf_3:c",
            TextLayer(text="a:b.ttf_3:c", style=TextStyle(family="fonts/my_face.ttf", size=40)),
        ),
        ("text:sale_card:Now:50%25", TextLayer(text="Now:50%", template="sale_card")),
        ("text:sale_card", TextLayer(text="", template="sale_card")),
        ("text", StoredLayer(public_id="text")),
        ("video", StoredLayer(public_id="video")),
    ],
)
def test_each_kind_of_layer_is_read(written: str, wanted: LayerSource) -> None:
    assert layer_source(written) == wanted


@pytest.mark.parametrize(
    ("written", "position"),
    [
        ("fetch:%%%", 6),
        ("fetch:@@@@", 6),
        ("video:fetch:/w==", 12),
        ("text:Arial_40:%FF", 14),
        (":", 0),
        ("private::", 0),
        ("caf%E9", 0),
    ],
)
def test_what_names_nothing_is_refused_in_place(written: str, position: int) -> None:
    with pytest.raises(TransformationError) as caught:
        layer_source(written, position=2)
    assert caught.value.position == position + 2


IDS = st.from_regex(r"[A-Za-z0-9 _é-]{1,8}(/[A-Za-z0-9 _é.-]{1,8}){1,2}x", fullmatch=True)


@given(
    st.builds(
        StoredLayer,
        public_id=IDS.filter(lambda i: not i.startswith(("text/", "fetch/"))),
        kind=st.sampled_from([kind for kind in LayerKind if kind is not LayerKind.FONT]),
        access=st.sampled_from(Access),
    )
    | st.builds(
        FetchedLayer,
        url=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        kind=st.sampled_from([LayerKind.IMAGE, LayerKind.VIDEO]),
    )
    | st.builds(
        TextLayer,
        text=st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
        ),
        style=st.just(ARIAL) | st.just(TextStyle(family="a/b_c.ttf", size=7, weight="bold")),
    )
)
def test_what_is_written_is_read_again(layer: LayerSource) -> None:
    assert layer_source(str(layer)) == layer


def read(written: str) -> LayerSource | TransformationError:
    try:
        return layer_source(written)
    except TransformationError as error:
        return error


@given(st.text(alphabet="textfchvideo:_%40AFb=.-/", min_size=1, max_size=40))
def test_any_value_is_read_or_refused_in_place(written: str) -> None:
    found = read(written)
    position = found.position if isinstance(found, TransformationError) else 0
    assert 0 <= position <= len(written)
