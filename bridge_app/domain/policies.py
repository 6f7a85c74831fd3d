"""What an environment demands before something leaves: policies as data, and what they add up to.

A policy says for which masters and uses it holds; where several hold, the stricter one wins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, InvalidInputError
from bridge_app.domain.required_fields import REQUIRABLE, parts_of
from bridge_app.domain.roles import role_of
from bridge_app.domain.territories import covers
from bridge_app.domain.uses import ANY_USE, Use

LONGEST = 120
"""Characters of a name of a policy, a stage or a role."""
MOST = 500
"""Policies of one environment."""


class PolicyError(InvalidInputError):
    """A policy that cannot be used."""

    text = QT_TRANSLATE_NOOP("errors", "{what} cannot be used: {detail}. Nothing was changed.")


class Governable(Protocol):
    """What policies look at in a master."""

    @property
    def kind(self) -> Kind:
        """What sort of thing it is."""

    @property
    def folder(self) -> str:
        """Its folder in its library, POSIX; "" is the root."""

    @property
    def keywords(self) -> tuple[str, ...]:
        """Its tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyMatch:
    """For what a policy holds; an empty set limits nothing, all that are not have to match.

    `folders` count with all below them; `tags` without regard to case; `markets` as rights name
    territories. Channels and markets are those of a use: a push of a master has neither yet.
    """

    kinds: frozenset[Kind] = frozenset()
    folders: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    markets: frozenset[str] = frozenset()

    def holds(self, facts: Governable, use: Use) -> bool:
        """Is the policy for this master and this use?"""
        return (
            self.is_for(facts)
            and (not self.channels or role_of(use.channel) in _folded(self.channels))
            and (not self.markets or (use.market != "" and covers(self.markets, use.market)))
        )

    def is_for(self, facts: Governable) -> bool:
        """Is the policy for this master, in one use at least?"""
        return (
            (not self.kinds or facts.kind in self.kinds)
            and (not self.folders or any(_lies_in(facts.folder, one) for one in self.folders))
            and (not self.tags or bool(_folded(self.tags) & _folded(facts.keywords)))
        )

    @property
    def is_for_all_uses(self) -> bool:
        """Does it hold in every channel and market?"""
        return not self.channels and not self.markets


EVERYTHING = PolicyMatch()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One rule of an environment.

    `stages` have to approve, in this order of asking; with `renditions` each rendition needs an
    approval of its own. A difference below `keeps_below` (0..1, perceptual) may keep an approval,
    None: none may. `may_override` are the roles that may let something pass in spite of it.
    `deciders` names the roles that may decide in a stage; in others anybody may. `required` are
    fields (names of `required_fields`) that have to be filled in. With `files` the gate is asked of
    files that people take out of the program themselves, too; without, it is put on record.
    """

    name: str
    match: PolicyMatch = EVERYTHING
    stages: tuple[str, ...] = ()
    renditions: bool = False
    keeps_below: float | None = None
    may_override: frozenset[str] = frozenset()
    deciders: tuple[tuple[str, frozenset[str]], ...] = ()
    required: tuple[str, ...] = ()
    files: bool = False

    def __post_init__(self) -> None:
        check_word(self.name, "The name of a policy")
        for stage in self.stages:
            check_word(stage, f"A stage of “{self.name}”")
        if len(_folded(self.stages)) != len(self.stages):
            raise PolicyError(
                what=f"“{self.name}”", detail=QT_TRANSLATE_NOOP("facts", "it names a stage twice")
            )
        for role in self.may_override:
            check_word(role, f"A role of “{self.name}”")
        if self.keeps_below is not None and not 0 < self.keeps_below <= 1:
            raise PolicyError(
                what=f"“{self.name}”",
                detail=QT_TRANSLATE_NOOP("facts", "a difference is between 0 and 1"),
            )
        self._check_deciders()
        unknown = next((one for one in self.required if parts_of(one) is None), None)
        if unknown is not None:
            detail = (
                f"“{unknown[:40]}” is none of {', '.join(REQUIRABLE)}, nor a text of these in a "
                "language, such as alt_text[de]"
            )
            raise PolicyError(what=f"A required field of “{self.name}”", detail=detail)

    def _check_deciders(self) -> None:
        stages = _folded(self.stages)
        for stage, roles in self.deciders:
            if role_of(stage) not in stages:
                detail = f"it says who decides in “{stage}”, which is none of its stages"
                raise PolicyError(what=f"“{self.name}”", detail=detail)
            if not roles:
                detail = f"it lets nobody decide in “{stage}”"
                raise PolicyError(what=f"“{self.name}”", detail=detail)
            for role in roles:
                check_word(role, f"A role of “{self.name}”")
        if len({role_of(stage) for stage, _ in self.deciders}) != len(self.deciders):
            detail = "it says twice who decides in a stage"
            raise PolicyError(what=f"“{self.name}”", detail=detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What all policies that hold add up to, in one environment ("" where there is none)."""

    environment: str = ""
    stages: tuple[str, ...] = ()
    renditions: bool = False
    keeps_below: float | None = None
    may_override: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    files: bool = False


NO_DEMANDS = Demands()


def demands(
    policies: Iterable[Policy], facts: Governable, use: Use = ANY_USE, *, environment: str = ""
) -> Demands:
    """What these policies of an environment demand of a master for a use.

    Stages and required fields add up; one that asks for approved renditions, or of files, is
    enough; an approval is kept only where all of them allow it, below the least of their
    thresholds; and only a role that all of them name may override.
    """
    holding = [one for one in policies if one.match.holds(facts, use)]
    if not holding:
        return Demands(environment=environment)
    kept = [one.keeps_below for one in holding if one.keeps_below is not None]
    return Demands(
        environment=environment,
        stages=tuple(dict.fromkeys(_stages(holding))),
        renditions=any(one.renditions for one in holding),
        keeps_below=min(kept) if len(kept) == len(holding) else None,
        may_override=frozenset.intersection(*(_folded(one.may_override) for one in holding)),
        required=tuple(dict.fromkeys(name for one in holding for name in one.required)),
        files=any(one.files for one in holding),
    )


def deciders(policies: Iterable[Policy], facts: Governable, stage: str) -> frozenset[str] | None:
    """The roles that may decide of a master in a stage; None where no policy names any.

    A decision is for every use. So where policies for all uses name roles, one has to be named by
    all of them; where only policies for some channels or markets do, one of them is enough.
    """
    wanted = role_of(stage)
    named = [
        (one.match.is_for_all_uses, _folded(roles))
        for one in policies
        if one.match.is_for(facts)
        for name, roles in one.deciders
        if role_of(name) == wanted
    ]
    strict = [roles for is_for_all, roles in named if is_for_all]
    if strict:
        return frozenset.intersection(*strict)
    return frozenset().union(*(roles for _, roles in named)) if named else None


def check_policies(policies: Sequence[Policy]) -> None:
    """Raises PolicyError for two of one name, or too many."""
    names = [one.name.casefold() for one in policies]
    twice = next((one.name for one in policies if names.count(one.name.casefold()) > 1), None)
    if twice is not None:
        raise PolicyError(
            what=f"“{twice}”", detail=QT_TRANSLATE_NOOP("facts", "two policies have this name")
        )
    if len(policies) > MOST:
        raise PolicyError(
            what=QT_TRANSLATE_NOOP("facts", "The list"), detail=f"it has more than {MOST} policies"
        )


def check_word(text: str, what: str) -> None:
    """Raises PolicyError for what cannot name a policy, a stage or a role."""
    if not text.strip() or text != text.strip():
        raise PolicyError(
            what=what, detail=QT_TRANSLATE_NOOP("facts", "it is empty, or has spaces at an end")
        )
    if len(text) > LONGEST or not text.isprintable():
        raise PolicyError(what=what, detail=f"it takes {LONGEST} characters of one line at most")


def _stages(policies: Iterable[Policy]) -> Iterable[str]:
    return (role_of(stage) for one in policies for stage in one.stages)


def _lies_in(folder: str, ancestor: str) -> bool:
    wanted = ancestor.strip("/")
    return not wanted or f"{folder}/".startswith(f"{wanted}/")


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(role_of, words))
