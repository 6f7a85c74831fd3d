"""A delivery URL keeps every letter that its transformation does not need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform import parse
from bridge_app.transform.whole_url import whole_url
from tests.transform.grammar import STRINGS

CLOUD = "https://res.cloudinary.com/demo"
SQUARE = parse("c_fill,h_9,w_9")

# Sources: reference/cloudinary.md, 8 and 1.3.
URLS = [
    (f"{CLOUD}/image/upload/sample.jpg", ""),
    (f"{CLOUD}/image/upload/c_fill,w_300/q_auto/v1/spring/hero.jpg", "c_fill,w_300/q_auto"),
    (f"{CLOUD}/image/upload/c_fill%2Cw_300/%24a_1/hero", "c_fill,w_300/$a_1"),
    (f"{CLOUD}/image/upload/s--AbC-_123--/e_sepia/v7/hero.png?_a=AB", "e_sepia"),
    (f"{CLOUD}/image/authenticated/s--AbC-_123--/hero.png", ""),
    (f"{CLOUD}/image/fetch/f_auto/https://example.com/a%20b.jpg%3Fc=d", "f_auto"),
    (f"{CLOUD}/video/upload/so_5,w_300/clip.jpg#t=1", "so_5,w_300"),
    (f"{CLOUD}/image/upload/$p_!a/b,c!,w_1/l_text:Arial_20:$(p)/hero", "$p_!a/b,c!,w_1/l_text:"),
    (f"{CLOUD}/image/upload/if_!a,b!_in_tags/e_sepia/if_end/v1/a.jpg", "if_!a,b!_in_tags/e_se"),
    (f"{CLOUD}/iu/w_10/hero", "w_10"),
    (f"{CLOUD}/images/w_10/hero/summer-shoes.jpg", "w_10"),
    (f"{CLOUD}/w_10/hero", "w_10"),
    ("https://demo-res.cloudinary.com/image/upload/w_10/hero", "w_10"),
    ("https://media.example.com/image/upload/w_10/v2/hero.webp", "w_10"),
    ("//res.cloudinary.com/demo/image/upload/w_10/hero", "w_10"),
    ("res.cloudinary.com/demo/image/upload/w_10/hero", "w_10"),
    ("http://res-3.cloudinary.com/demo/image/upload/w_10/hero/", "w_10"),
]


@pytest.mark.parametrize(("url", "starts"), URLS)
def test_a_url_is_written_as_it_was_read(url: str, starts: str) -> None:
    found = whole_url(f"See {url}, please.")
    assert found is not None
    assert str(found) == url
    assert found.through(found.transformation) is found
    assert str(found.transformation).startswith(starts)
    assert bool(str(found.transformation)) == bool(starts)


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (f"{CLOUD}/image/upload/sample.jpg", f"{CLOUD}/image/upload/c_fill,h_9,w_9/sample.jpg"),
        (
            f"{CLOUD}/image/upload/s--AbC-_123--/e_sepia/v7/a/hero.png?_a=AB",
            f"{CLOUD}/image/upload/c_fill,h_9,w_9/v7/a/hero.png?_a=AB",
        ),
        (
            f"{CLOUD}/image/fetch/f_auto/https://example.com/a%20b.jpg",
            f"{CLOUD}/image/fetch/c_fill,h_9,w_9/https://example.com/a%20b.jpg",
        ),
    ],
)
def test_another_transformation_replaces_the_first_and_takes_its_signature_away(
    url: str, other: str
) -> None:
    found = whole_url(url)
    assert found is not None
    assert str(found.through(SQUARE)) == other
    assert str(found.through(parse(""))) == other.replace("c_fill,h_9,w_9/", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no address",
        "https://example.com/about",
        f"{CLOUD}/raw/upload/table.csv",
        f"{CLOUD}/image/upload/w_abc/hero",
        "https://[broken/image/upload/x",
        "https://player.cloudinary.com/embed/?public_id=clip&cloud_name=demo",
        "https://console.cloudinary.com/c-1/media/asset/" + "0af" * 10 + "00",
    ],
)
def test_there_is_none_where_nothing_can_be_transformed(text: str) -> None:
    assert whole_url(text) is None


@given(STRINGS)
def test_a_string_with_separators_stays_in_its_component(string: str) -> None:
    url = f"{CLOUD}/image/upload/$a_{string},w_9/q_auto/v1/hero.jpg"
    found = whole_url(url)
    if found is not None and str(found) == url:
        assert found.after.endswith("hero.jpg")


@given(st.text(max_size=30), st.sampled_from([url for url, _ in URLS]))
def test_any_text_around_an_address_is_no_trouble(text: str, url: str) -> None:
    found = whole_url(f"{text} {url} {text}")
    assert found is None or str(found) in f"{text} {url} {text}"
