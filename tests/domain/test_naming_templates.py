"""Naming templates: every name they give is safe on every system, and inside the folder."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.naming_templates import (
    DEFAULT_TEMPLATE,
    NameFacts,
    NamingTemplateError,
    check_template,
    file_name,
)

FACTS = NameFacts(
    name="beach_01",
    preset="hero",
    width=1600,
    height=900,
    ext="jpg",
    channel="web",
    sha256="0123456789abcdef",
    folder="summer/south",
)


def with_(**said: str) -> NameFacts:
    known = {name: getattr(FACTS, name) for name in FACTS.__slots__}
    return NameFacts(**{**known, **said})


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (DEFAULT_TEMPLATE, "beach_01-hero-1600x900.jpg"),
        ("{preset}/{name}.{ext}", "hero/beach_01.jpg"),
        ("{folder}/{name}.{ext}", "summer/south/beach_01.jpg"),
        ("{name}_{sha256}.{ext}", "beach_01_01234567.jpg"),
        ("{name}-{market}-{language}-{preset}.{ext}", "beach_01-hero.jpg"),
        ("{name}-{market}.{ext}", "beach_01.jpg"),
        ("fixed.{ext}", "fixed.jpg"),
    ],
)
def test_a_template_gives_a_name(template: str, name: str) -> None:
    assert file_name(template, FACTS) == name


@pytest.mark.parametrize(
    "template",
    [
        "",
        " ",
        "{nam}.jpg",
        "{name",
        "name}",
        "../{name}",
        "/{name}",
        "a//b",
        "a\\b",
        "./x",
        "a\nb",
        "a:b",
    ],
)
def test_a_template_that_names_no_file_in_the_folder_is_refused(template: str) -> None:
    with pytest.raises(NamingTemplateError):
        check_template(template)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("a/b", "a_b.jpg"),
        ("..", "_.jpg"),
        ("con", "_con.jpg"),
        (".hidden", "_.hidden.jpg"),
        ('a:b*c?"<>|', "a_b_c.jpg"),
        ("-rf", "rf.jpg"),
        ("", "_.jpg"),
        ("caf\udce9", "caf.jpg"),
    ],
)
def test_a_name_that_means_something_to_a_system_loses_its_meaning(told: str, name: str) -> None:
    found = file_name("{name}.{ext}", with_(name=told))
    assert "/" not in found
    assert not PureWindowsPath(found).is_reserved()
    assert found == name


def test_a_long_name_keeps_its_extension_and_whole_characters() -> None:
    found = file_name("{name}.{ext}", with_(name="ü" * 300))
    assert found.endswith("ü.jpg")
    assert 250 < len(found.encode()) <= 255


TEMPLATES = [DEFAULT_TEMPLATE, "{folder}/{market}/{name}.{ext}", "{name}", "{market}.{ext}"]


ANY = st.text(max_size=300)


@given(
    ANY | st.text("\ud800\udce9a.", max_size=300),
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(
        [DEFAULT_TEMPLATE, "{folder}/{market}/{name}.{ext}", "{name}", "{market}.{ext}"]
    ),
)
def test_whatever_fills_a_template_the_file_lies_inside_the_folder(
    name: str, market: str, folder: str, template: str
) -> None:
    found = file_name(template, with_(name=name, market=market, folder=folder))
    parts = found.split("/")
    assert found == str(PurePosixPath(found))
    assert not found.startswith("/")
    assert not {"", ".", ".."} & set(parts)
    assert all(len(part.encode()) <= 255 for part in parts)
    assert not any(mark in found for mark in '\\:*?"<>|\0\n')
    assert not PureWindowsPath(found).is_reserved()
    assert not any(part.endswith((".", " ")) for part in parts)
