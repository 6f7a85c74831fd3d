"""Text between a keyboard and a delivery URL."""

from urllib.parse import unquote

import pytest
from cloudinary.utils import cloudinary_url
from hypothesis import example, given
from hypothesis import strategies as st

from bridge_app.transform import TransformationError, parse
from bridge_app.transform.layer_text import decoded_once, escaped, unescaped

WRITABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t%,/$(")
)


@given(WRITABLE)
@example("100%")
@example("%2C")
@example("%%41")
@example("%25%2C,")
@example("50% off, only/now %20")
def test_what_is_escaped_reads_as_it_was_typed(text: str) -> None:
    assert unescaped(escaped(text)) == text


@given(WRITABLE)
def test_escaped_text_holds_nothing_that_ends_a_parameter_or_a_component(text: str) -> None:
    written = escaped(text)
    assert not set(written) & set(",/ \n")
    assert not set(unquote(written)) & set(",/")


@given(WRITABLE.filter(bool))
def test_escaped_text_is_one_parameter_of_a_transformation(text: str) -> None:
    chain = parse(f"l_text:Arial_40:{escaped(text)}")
    assert [len(component.parameters) for component in chain.components] == [1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Hello, a/b 100%", "Hello%252C%20a%252Fb%20100%25"),
        ("line\nbreak", "line%0Abreak"),
        ("Cool😍", "Cool%F0%9F%98%8D"),
        ("Only $(price), now", "Only%20$(price)%252C%20now"),
        ("a:b", "a:b"),
        ("%2C", "%25252C"),
    ],
)
def test_commas_and_slashes_are_escaped_twice(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize("text", ["Hello, a/b 100%", "Ünïcödé", "Only $(price)!", "a:b", "x & y"])
def test_the_official_sdk_writes_the_same(text: str) -> None:
    overlay = {"text": text, "font_family": "Arial", "font_size": 18}
    url, _ = cloudinary_url("x", cloud_name="demo", overlay=overlay)
    written = url.partition("l_text:Arial_18:")[2].rpartition("/x")[0]
    assert unescaped(written) == text
    assert escaped(text).lower().replace("%21", "!") == written.lower().replace("%21", "!")


@pytest.mark.parametrize("written", ["%FF%FE", "%25FF", "caf%E9", "\udce9"])
def test_bytes_that_are_no_utf8_are_refused_in_place(written: str) -> None:
    with pytest.raises(TransformationError) as caught:
        unescaped(written, position=14)
    assert caught.value.position == 14
    with pytest.raises(TransformationError):
        decoded_once("%C3", position=0)


def test_what_no_font_draws_is_dropped_and_line_ends_are_one_kind() -> None:
    assert unescaped("a%00b%07c%0D%0Ad%0De%7F") == "abc\nd\ne"


def read(written: str) -> str:
    try:
        return unescaped(written)
    except TransformationError as error:
        return error.expected


@given(st.text(alphabet="%25CFab,/ \u00e9", max_size=30))
def test_any_text_is_read_or_refused(written: str) -> None:
    assert len(read(written)) <= max(len(written), len("text in UTF-8"))
