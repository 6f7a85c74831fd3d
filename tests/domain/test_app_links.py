"""Links into the window: what each shows, and what is said of those that show nothing."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.app_links import (
    AppLink,
    AssetLink,
    BadLinkError,
    LibraryLink,
    SearchLink,
    is_app_link,
    link_to,
    read_link,
)
from bridge_app.domain.assets import AssetId

ID = AssetId("0123456789abcdef0123456789abcdef")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"asset-bridge://asset/{ID}", AssetLink(asset=ID)),
        (f"ASSET-BRIDGE://Asset/{ID}/", AssetLink(asset=ID)),
        ("asset-bridge://asset/cloud:studio:a1b2", AssetLink(asset=AssetId("cloud:studio:a1b2"))),
        ("asset-bridge://search?q=autumn%20%C3%A9t%C3%A9", SearchLink(text="autumn été")),
        ("asset-bridge://library/Spring%20Sale", LibraryLink(library="Spring Sale")),
        ("asset-bridge://library/abc/a%20b/c", LibraryLink(library="abc", folder="a b/c")),
    ],
)
def test_a_link_shows_an_asset_a_search_or_a_library(text: str, shown: AppLink) -> None:
    assert read_link(text) == shown
    assert is_app_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/asset/0123456789",
        "asset-bridge:",
        "asset-bridge://",
        "asset-bridge://asset",
        "asset-bridge://asset/short",
        f"asset-bridge://asset/{ID}/approve",
        "asset-bridge://asset/..%2f..%2fetc%2fpasswd",
        f"asset-bridge://push/{ID}",
        "asset-bridge://search",
        "asset-bridge://search?q=",
        "asset-bridge://search?q=%FF",
        f"asset-bridge://search?q={'a' * 600}",
        "asset-bridge://search?q=a%0Ab",
        "asset-bridge://library/",
        "asset-bridge://library/abc/../secret",
        "asset-bridge://library/abc/%2e%2e",
        "asset-bridge://library/%FF",
        "asset-bridge://[::1/asset",
        "asset-bridge://search?q=a\nb",
        "asset-bridge://search?q=" + "a" * 9000,
        "asset-bridge://search?" + "&".join(f"a{n}=1" for n in range(50)),
    ],
)
def test_one_that_shows_nothing_says_so_calmly(text: str) -> None:
    with pytest.raises(BadLinkError) as told:
        read_link(text)
    assert "Nothing was opened" in str(told.value)


@given(st.text(max_size=200))
def test_no_text_does_anything_else(text: str) -> None:
    for link in (text, f"asset-bridge://{text}", f"asset-bridge://library/{text}"):
        with suppress(BadLinkError):
            assert isinstance(read_link(link), AssetLink | SearchLink | LibraryLink)


@pytest.mark.parametrize(
    "shown",
    [
        AssetLink(asset=ID),
        SearchLink(text="a & b = 100 % é 日本"),
        LibraryLink(library="Ärger/… 100%".replace("/", " "), folder="ä b/c&d/#1"),
    ],
)
def test_what_is_copied_leads_back(shown: AppLink) -> None:
    assert read_link(link_to(shown)) == shown
