"""Variants by market and language: a small table, and what it makes of a transformation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.localised import (
    EVERYWHERE,
    LocalisedTableError,
    Variant,
    columns_used,
    localised,
    read_table,
    table_rows,
    table_text,
    unfilled,
    variants_for,
)
from bridge_app.domain.presets import RenditionPreset
from bridge_app.transform import TransformationError, parse

TABLE = """market,language,preset,image,headline,layer:logo
DE,de,,,"Sommer, Sonne",brand/logo-de
FR,fr,,plage.jpg,"Soldes 20 % / été",brand/logo-fr
CH,de,story,,Sommer,
"""
HEADLINE = "c_fill,w_9/l_text:Inter_40:$(headline),co_white/fl_layer_apply,g_south"


def preset(**said: tuple[str, ...]) -> RenditionPreset:
    hero = RenditionPreset(name="hero", title="", transformation=HEADLINE, format="")
    return replace(hero, **said)  # type: ignore[arg-type]  # markets and languages


def test_a_table_has_a_variant_for_each_line() -> None:
    german, french, swiss = read_table(TABLE)
    assert (german.market, german.language, german.image) == ("DE", "de", "")
    assert german.values == (("headline", "Sommer, Sonne"),)
    assert german.layers == (("logo", "brand/logo-de"),)
    assert french.image == "plage.jpg"
    assert (swiss.preset, swiss.layers) == ("story", ())


@pytest.mark.parametrize("separator", [";", "\t"])
def test_spreadsheets_part_cells_in_their_own_ways(separator: str) -> None:
    text = TABLE.replace('"Sommer, Sonne"', "Sommer").replace(",", separator)
    assert [one.market for one in read_table("\ufeff" + text)] == ["DE", "FR", "CH"]


def test_empty_lines_are_no_variants() -> None:
    assert len(read_table("market,headline\nDE,a\n\n,\nFR,b\n")) == 2


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("headline\nx", 1),
        ("market,head_line\nDE,x", 1),
        ("market,x\nDE,y", 1),
        ("market,headline,headline\nDE,a,b", 1),
        ("market,headline,layer:headline\nDE,a,b", 1),
        ("market,headline\nDE,a\nGermany!,b", 3),
        ("market,language\nDE,not a language", 2),
        ("market,headline\nDE", 2),
        ("market,headline\nDE,a,b", 2),
        ('market,headline\nDE,"open', 2),
        ("market,headline\nDE,\0", 1),
        ("market,headline\nDE,\udce9", 1),
        ("market,headline\nDE," + "x" * 10_001, 2),
    ],
    ids=repr,
)
def test_a_table_that_cannot_be_read_names_the_line(text: str, line: int) -> None:
    with pytest.raises(LocalisedTableError) as caught:
        read_table(text)
    assert caught.value.facts["line"] == line


@given(st.text(max_size=200))
def test_any_text_is_a_table_or_a_typed_error(text: str) -> None:
    try:
        found = read_table(text)
    except LocalisedTableError:
        return
    assert all(isinstance(one, Variant) for one in found)


def test_a_variants_texts_become_variables_in_front() -> None:
    german, french, _ = read_table(TABLE)
    assert localised(HEADLINE, german) == f"$headline_!Sommer%252C%20Sonne!/{HEADLINE}"
    assert localised(HEADLINE, french).startswith("$headline_!Soldes%2020%20%25%20%252F%20%C3%A9t")


def test_an_image_is_named_as_layers_name_it() -> None:
    german, _, _ = read_table(TABLE)
    assert localised("l_$logo/fl_layer_apply", german) == (
        "$logo_!brand:logo-de!/l_$logo/fl_layer_apply"
    )


def test_what_a_transformation_does_not_use_does_not_change_it() -> None:
    german, _, _ = read_table(TABLE)
    assert localised("c_fill,w_9", german) == "c_fill,w_9"


def test_a_named_transformation_gets_everything() -> None:
    german, _, _ = read_table(TABLE)
    assert localised("t_hero", german) == (
        "$headline_!Sommer%252C%20Sonne!,$logo_!brand:logo-de!/t_hero"
    )


def test_a_presets_own_text_is_what_is_replaced() -> None:
    german, _, _ = read_table(TABLE)
    own = f"$headline_!Summer!/{HEADLINE}"
    assert localised(own, german) == f"$headline_!Sommer%252C%20Sonne!/{HEADLINE}"
    assert localised(own, Variant(market="IT")) == own


def test_a_text_nobody_gave_is_told() -> None:
    assert unfilled(HEADLINE, Variant(market="DE")) == ("headline",)
    assert unfilled(f"$headline_!x!/{HEADLINE}", Variant(market="DE")) == ()
    assert unfilled(HEADLINE, Variant(values=(("headline", ""),))) == ()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_stays_one_value_of_one_component(text: str) -> None:
    found = localised(HEADLINE, Variant(values=(("headline", text),)))
    first, _, rest = found.partition("/")
    assert rest == HEADLINE
    assert first.startswith("$headline_!")
    assert first.endswith("!")
    assert not {",", "/", "!", "$", ":"} & set(first.removeprefix("$headline_")[1:-1])
    try:
        assert str(parse(found)) == found
    except TransformationError as error:  # pragma: no cover - shown when it happens
        pytest.fail(str(error))


def test_a_preset_is_made_for_its_own_markets_alone() -> None:
    table = read_table(TABLE)
    assert [one.market for one in variants_for(preset(), table)] == ["DE", "FR"]
    assert [one.market for one in variants_for(preset(markets=("FR",)), table)] == ["FR"]
    assert [one.market for one in variants_for(preset(languages=("de",)), table)] == ["DE"]
    assert variants_for(preset(), EVERYWHERE) == EVERYWHERE


def test_a_table_is_written_as_it_is_read() -> None:
    table = read_table(TABLE)
    header, rows = table_rows(table)
    assert read_table(table_text(header, rows)) == table
    assert table_rows(()) == (("market", "language", "preset", "image"), ())


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_any_text_typed_into_a_table_comes_back(cells: list[tuple[str, str]]) -> None:
    typed = [(one.strip(), other.strip()) for one, other in cells]
    kept = [pair for pair in typed if any(pair)]
    text = table_text(["market", "headline", "word"], [("DE", *pair) for pair in kept])
    try:
        found = read_table(text)
    except LocalisedTableError:
        return
    assert [tuple(value for _, value in one.values) for one in found] == kept


def test_the_columns_are_those_that_presets_are_filled_from() -> None:
    presets = [
        RenditionPreset(name="a", title="", transformation=text, format="")
        for text in (
            "l_text:Inter_40:$(headline)/fl_layer_apply",
            "$logo_!brand:logo!/l_$logo/c_scale,w_100/fl_layer_apply",
            "l_image:$badge/fl_layer_apply,x_$x/l_text:A_9:$(headline)",
        )
    ]
    assert columns_used(presets) == ("headline", "layer:logo", "layer:badge")
