"""Presets as a document: nothing is lost on the way, and errors name the place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.channel_formats import STARTING_LIBRARY
from bridge_app.domain.errors import InvalidInputError
from bridge_app.domain.presets import Contract, RenditionPreset
from bridge_app.domain.presets_json import (
    KIND,
    PresetDocumentError,
    library_from,
    library_json,
)
from bridge_app.domain.rendition_sets import PresetLibrary, RenditionSet
from bridge_app.transform import parse

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
CONTRACTS = st.builds(
    Contract,
    width=st.integers(0, 9999),
    height=st.integers(0, 9999),
    exact=st.booleans(),
    most_bytes=st.integers(0, 10**9),
    formats=st.lists(st.sampled_from(["jpg", "png"]), unique=True).map(tuple),
)
PRESETS = st.builds(
    RenditionPreset,
    name=NAMES,
    title=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    transformation=st.sampled_from(["", "c_fill,w_9", "t_x/q_auto"]),
    format=st.sampled_from(["", "jpg"]),
    channel=st.text("abc", max_size=3),
    markets=st.lists(st.sampled_from(["DE", "US-CA", "EMEA"]), unique=True).map(tuple),
    languages=st.lists(st.sampled_from(["de", "pt-BR"]), unique=True).map(tuple),
    contract=st.none() | CONTRACTS,
)


def check(text: str) -> None:
    parse(text)


def document(**said: object) -> dict[str, Any]:
    return {"kind": KIND, "version": 1, "presets": [], "sets": [], **said}


@given(st.lists(PRESETS, max_size=4, unique_by=lambda one: one.name), NAMES)
def test_what_is_exported_is_imported_as_it_was(presets: list[RenditionPreset], name: str) -> None:
    sets = [RenditionSet(name=name, title="é", presets=tuple(one.name for one in presets))]
    library = PresetLibrary.of(presets, sets)
    assert library_from(json.loads(json.dumps(library_json(library))), check) == library


def test_the_starting_library_survives_the_journey() -> None:
    told = json.loads(json.dumps(library_json(STARTING_LIBRARY)))
    assert library_from(told, check) == STARTING_LIBRARY


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ([], "the document"),
        ({}, "kind"),
        (document(version=2), "version"),
        (document(version=True), "version"),
        (document(extra=1), "the document"),
        (document(presets={}), "presets"),
        (document(presets=[1]), "presets[0]"),
        (document(presets=[{"transformation": "w_1"}]), "presets[0].name"),
        (document(presets=[{"name": "a b"}]), "presets[0]"),
        (document(presets=[{"name": "a", "nmae": 1}]), "presets[0]"),
        (document(presets=[{"name": "a", "title": 5}]), "presets[0].title"),
        (document(presets=[{"name": "a", "title": "\ud800"}]), "presets[0].title"),
        (document(presets=[{"name": "a", "title": "x" * 20_001}]), "presets[0].title"),
        (document(presets=[{"name": "a", "transformation": "nope"}]), "presets[0].transformation"),
        (document(presets=[{"name": "a", "markets": ["DE", 1]}]), "presets[0].markets[1]"),
        (document(presets=[{"name": "a", "contract": 1}]), "presets[0].contract"),
        (
            document(presets=[{"name": "a", "contract": {"width": 1.5}}]),
            "presets[0].contract.width",
        ),
        (
            document(presets=[{"name": "a", "contract": {"exact": "yes"}}]),
            "presets[0].contract.exact",
        ),
        (document(presets=[{"name": "a", "contract": {"width": -5}}]), "presets[0]"),
        (document(presets=[{"name": "a"}, {"name": "a"}]), "presets"),
        (document(sets=[{"name": "s", "presets": ["a", "a"]}]), "sets[0]"),
        (document(sets=[{"presets": []}]), "sets[0].name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_document_is_refused_with_the_place(told: object, place: str) -> None:
    with pytest.raises(PresetDocumentError) as caught:
        library_from(told, check)
    assert caught.value.facts["place"] == place


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "version", "presets", "sets", "name", "contract", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_a_document_holds_there_is_a_library_or_a_typed_error(told: object) -> None:
    if isinstance(told, dict):
        told = {**told, "kind": KIND, "version": 1}
    try:
        found = library_from(told, check)
    except InvalidInputError:
        return
    assert isinstance(found, PresetLibrary)
