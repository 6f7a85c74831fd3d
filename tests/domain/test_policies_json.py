"""Policies as a document: read strictly, and written so that it can be read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.policies import Policy, PolicyMatch
from bridge_app.domain.policies_json import (
    KIND,
    LARGEST_DOCUMENT,
    VERSION,
    PolicyDocumentError,
    policies_from,
    policies_in,
    policies_text,
)

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
policies = st.builds(
    Policy,
    name=words,
    match=st.builds(
        PolicyMatch,
        kinds=st.frozensets(st.sampled_from(Kind)),
        folders=st.frozensets(words),
        tags=st.frozensets(words),
        channels=st.frozensets(words),
        markets=st.frozensets(words),
    ),
    stages=st.lists(st.sampled_from(["brand", "legal", "press"]), unique=True).map(tuple),
    renditions=st.booleans(),
    keeps_below=st.none() | st.floats(0.001, 1),
    may_override=st.frozensets(words),
    required=st.lists(st.sampled_from(["title", "credit"]), unique=True).map(tuple),
)


@given(st.lists(policies, max_size=4, unique_by=lambda one: one.name.casefold()))
def test_what_is_written_can_be_read(listed: list[Policy]) -> None:
    assert policies_in(policies_text(listed).encode()) == tuple(listed)


def document(**policy: object) -> dict[str, object]:
    return {"kind": KIND, "version": VERSION, "policies": [{"name": "all", **policy}]}


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ([], "the document"),
        ({"kind": "other"}, "kind"),
        ({"kind": KIND, "version": True, "policies": []}, "version"),
        ({"kind": KIND, "version": 2, "policies": []}, "version"),
        ({"kind": KIND, "version": 1, "policies": {}}, "policies"),
        ({"kind": KIND, "version": 1, "policies": ["all"]}, r"policies\[0\]"),
        ({"kind": KIND, "version": 1, "policies": [{"name": 7}]}, r"policies\[0\].name"),
        (document(stage=["brand"]), r"policies\[0\]: “stage” is not known"),
        (document(stages="brand"), r"policies\[0\].stages"),
        (document(stages=[" "]), r"policies\[0\].stages"),
        (document(stages=["brand", "brand"]), "twice"),
        (document(renditions="yes"), r"policies\[0\].renditions"),
        (document(keeps_below=True), r"policies\[0\].keeps_below"),
        (document(keeps_below=2), "between 0 and 1"),
        (document(deciders=["legal"]), r"policies\[0\].deciders"),
        (document(deciders={"legal": "all"}, stages=["legal"]), r"policies\[0\].deciders.legal"),
        (document(deciders={"legal": ["a"]}, stages=["brand"]), "none of its stages"),
        (document(required="title"), r"policies\[0\].required"),
        (document(required=["shutter"]), "shutter"),
        (document(match={"kinds": ["film"]}), r"policies\[0\].match.kinds"),
        (document(match={"kind": ["image"]}), r"policies\[0\].match"),
        (document(match=[]), r"policies\[0\].match"),
    ],
)
def test_a_document_that_is_wrong_is_refused_with_its_place(told: object, place: str) -> None:
    with pytest.raises(PolicyDocumentError, match=place):
        policies_from(told)


def test_two_policies_of_one_name_are_refused() -> None:
    both = {"kind": KIND, "version": VERSION, "policies": [{"name": "Web"}, {"name": "web"}]}
    with pytest.raises(PolicyDocumentError, match="two policies"):
        policies_from(both)


@pytest.mark.parametrize(
    "hostile", [b"", b"\xff", b"{", b"[" * 100_000, b" " * (LARGEST_DOCUMENT + 1)]
)
def test_bytes_that_are_no_document_are_refused(hostile: bytes) -> None:
    with pytest.raises(PolicyDocumentError):
        policies_in(hostile)


def test_what_says_nothing_is_left_out() -> None:
    told = json.loads(policies_text([Policy(name="all")]))
    assert told == {"kind": KIND, "version": VERSION, "policies": [{"name": "all"}]}


def test_who_decides_in_a_stage_is_read_and_written() -> None:
    counsel = frozenset({"counsel", "chief"})
    one = Policy(name="all", stages=("brand", "Legal"), deciders=(("Legal", counsel),))
    told = json.loads(policies_text([one]))["policies"][0]
    assert told["deciders"] == {"Legal": ["chief", "counsel"]}
    assert policies_in(policies_text([one]).encode()) == (one,)
