"""Addresses as they come: from a page, a chat, a style sheet, the console."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.transform.read_url import MOST_NAMES, read_url, url_in

HERO = "https://res.cloudinary.com/studio/image/upload/v7/summer/hero.jpg"


@pytest.mark.parametrize(
    "text",
    [
        HERO,
        f"  {HERO}\n",
        f'<img src="{HERO}" alt="Hero">',
        f"![Hero]({HERO})",
        f"background: url('{HERO}') no-repeat",
        f"look at this: {HERO}.",
        HERO.removeprefix("https:"),
        HERO.removeprefix("https://"),
        HERO.replace("https", "HTTP"),
        HERO + "?_a=BAMAABDW0&amp;x=1",
        HERO + "#top",
        HERO.replace("res.", "res-3."),
        "https://studio-res.cloudinary.com/image/upload/v7/summer/hero.jpg",
        "http://studio-res-2.cloudinary.com/image/upload/v7/summer/hero.jpg",
        "https://cloudinary-a.akamaihd.net/studio/image/upload/v7/summer/hero.jpg",
        "https://res.cloudinary.com/studio/images/v7/summer/hero/spring-shoes.jpg",
        "https://res.cloudinary.com/studio/iu/c_fill,w_9/v7/summer/hero.jpg",
        "https://res.cloudinary.com/studio/w_9/v7/summer/hero.jpg",
        "https://res.cloudinary.com/studio/image/upload/w_wrong/v7/summer/hero.jpg",
        "https://res.cloudinary.com/studio/image/upload/zz_new,w_5/v7/summer/hero.jpg",
    ],
)
def test_an_address_is_found_and_read_wherever_it_stands(text: str) -> None:
    read = read_url(text)
    assert read is not None
    assert "summer/hero" in read.names
    assert (read.cloud, read.resource_type, read.delivery_type) == ("studio", "image", "upload")


def test_a_name_of_ones_own_is_told_for_the_accounts_to_know() -> None:
    read = read_url("http://a3.img.example.com/image/upload/w_9/hero.jpg")
    assert read is not None
    assert (read.host, read.cloud, read.known_host) == ("img.example.com", "", False)
    assert read.names[0] == "hero"


def test_the_likeliest_name_is_first_and_what_it_may_also_mean_follows() -> None:
    read = read_url("https://res.cloudinary.com/studio/image/upload/w_100/v2/hero.jpg")
    assert read is not None
    assert read.names == (
        "hero",
        "hero.jpg",
        "v2/hero.jpg",
        "v2/hero",
        "w_100/v2/hero.jpg",
        "w_100/v2/hero",
    )


def test_an_asset_below_the_one_named_is_never_meant() -> None:
    read = read_url("https://res.cloudinary.com/studio/image/upload/summer/hero.jpg")
    assert read is not None
    assert "hero" not in read.names


def test_raw_files_keep_their_extension_and_fetched_ones_their_url() -> None:
    raw = read_url("https://res.cloudinary.com/studio/raw/upload/v1/docs/report.pdf")
    assert raw is not None
    assert raw.names[0] == "docs/report.pdf"
    remote = read_url("https://res.cloudinary.com/studio/image/fetch/w_9/https://x.org/a%3Fb.png")
    assert remote is not None
    assert (remote.names[0], remote.delivery_type) == ("https://x.org/a?b.png", "fetch")


def test_the_console_and_the_player_name_assets_too() -> None:
    asset_id = "0123456789abcdef" * 2
    page = read_url(f"https://console.cloudinary.com/console/c-1/media_library/asset/{asset_id}/x")
    assert page is not None
    assert page.asset_id == asset_id
    player = read_url("https://player.cloudinary.com/embed/?cloud_name=studio&public_id=a%2Fclip")
    assert player is not None
    assert (player.cloud, player.names, player.resource_type) == ("studio", ("a/clip",), "video")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hero.jpg",
        "summer // winter",
        "https://example.com/",
        "https://example.com",
        "https://res.cloudinary.com/",
        "https://res.cloudinary.com/studio",
        "https://player.cloudinary.com/embed/",
        "https://console.cloudinary.com/console/c-1",
        "https://[broken/image/upload/x",
    ],
)
def test_other_words_are_no_address(text: str) -> None:
    read = read_url(text)
    assert read is None or not read.known_host


def test_brackets_belong_to_an_address_only_in_pairs() -> None:
    assert url_in("(see https://x.org/a_(b).png)") == "https://x.org/a_(b).png"


@given(st.text(max_size=200), st.sampled_from(["", "https://res.cloudinary.com/", "//x/image/"]))
def test_no_text_is_too_strange(text: str, start: str) -> None:
    read = read_url(start + text)
    assert read is None or len(read.names) <= MOST_NAMES


def test_a_very_long_address_has_few_meanings() -> None:
    read = read_url("https://res.cloudinary.com/s/image/upload/" + "w_1/" * 5_000 + "x")
    assert read is None or len(read.names) <= MOST_NAMES
