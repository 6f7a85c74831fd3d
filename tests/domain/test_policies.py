"""Policies: for what they hold, and what they add up to."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.domain.assets import Kind
from bridge_app.domain.policies import (
    LONGEST,
    MOST,
    NO_DEMANDS,
    Demands,
    Policy,
    PolicyError,
    PolicyMatch,
    check_policies,
    deciders,
    demands,
)
from bridge_app.domain.uses import ANY_USE, Use


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a policy looks at."""

    kind: Kind = Kind.IMAGE
    folder: str = "Campaigns/Winter/Press"
    keywords: tuple[str, ...] = ("Launch",)


WEB = Use(market="DE", channel="Web")


@pytest.mark.parametrize(
    ("match", "use", "holds"),
    [
        (PolicyMatch(), ANY_USE, True),
        (PolicyMatch(kinds=frozenset({Kind.IMAGE, Kind.VIDEO})), ANY_USE, True),
        (PolicyMatch(kinds=frozenset({Kind.VIDEO})), ANY_USE, False),
        (PolicyMatch(folders=frozenset({"Campaigns/Winter"})), ANY_USE, True),
        (PolicyMatch(folders=frozenset({"/Campaigns/Winter/Press/"})), ANY_USE, True),
        (PolicyMatch(folders=frozenset({""})), ANY_USE, True),
        (PolicyMatch(folders=frozenset({"Campaigns/Win"})), ANY_USE, False),
        (PolicyMatch(folders=frozenset({"Else", "Campaigns"})), ANY_USE, True),
        (PolicyMatch(tags=frozenset({"launch"})), ANY_USE, True),
        (PolicyMatch(tags=frozenset({"sale"})), ANY_USE, False),
        (PolicyMatch(channels=frozenset({"web"})), WEB, True),
        (PolicyMatch(channels=frozenset({"print"})), WEB, False),
        (PolicyMatch(channels=frozenset({"web"})), ANY_USE, False),
        (PolicyMatch(markets=frozenset({"EMEA"})), WEB, True),
        (PolicyMatch(markets=frozenset({"US"})), WEB, False),
        (PolicyMatch(markets=frozenset({"EMEA"})), ANY_USE, False),
        (PolicyMatch(markets=frozenset({"WORLD"})), ANY_USE, False),
        (PolicyMatch(kinds=frozenset({Kind.IMAGE}), tags=frozenset({"sale"})), ANY_USE, False),
    ],
)
def test_a_policy_holds_where_all_that_it_names_fits(
    match: PolicyMatch, use: Use, holds: bool
) -> None:
    assert match.holds(Facts(), use) is holds


def test_where_no_policy_holds_nothing_is_demanded() -> None:
    films = Policy(name="films", match=PolicyMatch(kinds=frozenset({Kind.VIDEO})), renditions=True)
    assert demands([films], Facts()) == NO_DEMANDS
    assert demands([], Facts(), environment="shop") == Demands(environment="shop")


def test_of_several_policies_the_stricter_wins() -> None:
    found = demands(
        [
            Policy(
                name="all",
                stages=("Brand",),
                keeps_below=0.2,
                may_override=frozenset({"Brand", "Legal"}),
                required=("title",),
            ),
            Policy(
                name="web",
                match=PolicyMatch(channels=frozenset({"web"})),
                stages=("legal", "brand"),
                renditions=True,
                keeps_below=0.1,
                may_override=frozenset({"legal"}),
                required=("credit", "title"),
            ),
        ],
        Facts(),
        WEB,
        environment="shop",
    )
    assert found == Demands(
        environment="shop",
        stages=("brand", "legal"),
        renditions=True,
        keeps_below=0.1,
        may_override=frozenset({"legal"}),
        required=("title", "credit"),
    )


def test_one_policy_that_keeps_no_approval_is_enough() -> None:
    found = demands([Policy(name="a", keeps_below=0.5), Policy(name="b")], Facts())
    assert found.keeps_below is None


def test_a_stage_that_two_policies_spell_differently_is_one() -> None:
    two = [Policy(name="a", stages=("Brand  team",)), Policy(name="b", stages=("brand team",))]
    assert demands(two, Facts()).stages == ("brand team",)


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"name": ""}, "empty"),
        ({"name": " a"}, "spaces"),
        ({"name": "a\nb"}, "one line"),
        ({"name": "a" * (LONGEST + 1)}, "characters"),
        ({"stages": ("",)}, "empty"),
        ({"stages": ("Brand", "brand")}, "twice"),
        ({"may_override": frozenset({""})}, "empty"),
        ({"stages": ("legal",), "deciders": (("brand", frozenset({"a"})),)}, "none of its stages"),
        ({"stages": ("legal",), "deciders": (("legal", frozenset()),)}, "lets nobody decide"),
        ({"stages": ("legal",), "deciders": (("legal", frozenset({""})),)}, "empty"),
        ({"stages": ("a",), "deciders": (("a", frozenset("b")), ("A", frozenset("c")))}, "twice"),
        ({"required": ("title", "shutter")}, "shutter"),
        ({"keeps_below": 0.0}, "between"),
        ({"keeps_below": 1.1}, "between"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, object], detail: str) -> None:
    with pytest.raises(PolicyError, match=detail):
        Policy(**{"name": "all", **wrong})  # type: ignore[arg-type]  # wrong on purpose


def test_the_edges_of_what_a_policy_may_say_are_allowed() -> None:
    Policy(name="a" * LONGEST, keeps_below=1.0)


def test_two_policies_of_one_name_or_too_many_are_refused() -> None:
    with pytest.raises(PolicyError, match="this name"):
        check_policies([Policy(name="Web"), Policy(name="web")])
    many = [Policy(name=str(number)) for number in range(MOST)]
    check_policies(many)
    with pytest.raises(PolicyError, match="more than"):
        check_policies([*many, Policy(name="one more")])


policies = st.builds(
    Policy,
    name=st.sampled_from(["a", "b", "c"]),
    match=st.builds(
        PolicyMatch,
        kinds=st.frozensets(st.sampled_from(Kind), max_size=2),
        channels=st.frozensets(st.sampled_from(["web", "print"]), max_size=1),
    ),
    stages=st.lists(st.sampled_from(["brand", "legal"]), unique=True).map(tuple),
    renditions=st.booleans(),
    keeps_below=st.none() | st.floats(0.01, 1),
    may_override=st.frozensets(st.sampled_from(["brand", "legal"])),
    required=st.lists(st.sampled_from(["title", "credit"]), unique=True).map(tuple),
)


@given(st.lists(policies, min_size=1, max_size=4), policies)
def test_one_policy_more_never_demands_less(before: list[Policy], more: Policy) -> None:
    first, then = demands(before, Facts(), WEB), demands([*before, more], Facts(), WEB)
    assert set(first.stages) <= set(then.stages)
    assert set(first.required) <= set(then.required)
    assert then.renditions or not first.renditions
    held = any(one.match.holds(Facts(), WEB) for one in before)
    if held:
        assert then.may_override <= first.may_override
        assert then.keeps_below is None or (first.keeps_below or 0) >= then.keeps_below


# Who decides in a stage


def staged(name: str, *roles: str, match: PolicyMatch | None = None) -> Policy:
    told = (("Legal", frozenset(roles)),) if roles else ()
    return Policy(name=name, match=match or PolicyMatch(), stages=("Legal",), deciders=told)


FILMS = PolicyMatch(kinds=frozenset({Kind.VIDEO}))
IN_US, IN_PRINT = PolicyMatch(markets=frozenset({"US"})), PolicyMatch(channels=frozenset({"print"}))


@pytest.mark.parametrize(
    ("policies", "roles"),
    [
        ([], None),
        ([staged("a")], None),
        ([staged("a", "Counsel")], {"counsel"}),
        ([staged("a", "counsel", "Head of  Legal")], {"counsel", "head of legal"}),
        ([staged("a", "counsel"), staged("b")], {"counsel"}),
        ([staged("a", "counsel", "chief"), staged("b", "chief")], {"chief"}),
        ([staged("a", "counsel"), staged("b", "chief")], set()),
        ([staged("a", "counsel", match=FILMS)], None),
        ([staged("a", "us"), staged("b", "chief", match=IN_US)], {"us"}),
        ([staged("a", "us", match=IN_US), staged("b", "press", match=IN_PRINT)], {"us", "press"}),
    ],
)
def test_the_roles_that_decide_in_a_stage_are_those_that_every_policy_names(
    policies: list[Policy], roles: set[str] | None
) -> None:
    found = deciders(policies, Facts(), " LEGAL")
    assert (None if found is None else set(found)) == roles


def test_who_decides_in_one_stage_says_nothing_of_another() -> None:
    both = Policy(
        name="all", stages=("brand", "legal"), deciders=(("brand", frozenset({"designer"})),)
    )
    assert deciders([both], Facts(), "legal") is None
    assert deciders([both], Facts(), "brand") == frozenset({"designer"})
