"""The policies of an environment as a JSON document, which people exchange and review.

Reading is strict: an unknown key is a mistyped one, and an error names the place.
"""

import json
from collections.abc import Mapping, Sequence

from bridge_app.domain.assets import Kind
from bridge_app.domain.errors import QT_TRANSLATE_NOOP
from bridge_app.domain.policies import Policy, PolicyError, PolicyMatch, check_policies

LARGEST_DOCUMENT = 4_000_000
"""Bytes."""
KIND = "asset-bridge/policies"
VERSION = 1
KEYS = (
    *("name", "match", "stages", "renditions", "keeps_below", "may_override"),
    *("deciders", "required", "files"),
)
MATCHES = ("kinds", "folders", "tags", "channels", "markets")


class PolicyDocumentError(PolicyError):
    """A document that is not the one it should be, with the place."""

    text = QT_TRANSLATE_NOOP(
        "errors", "The policies were not taken over: {place}: {detail}. Nothing was changed."
    )

    def __init__(self, *, place: str, detail: str) -> None:
        super().__init__(place=place, detail=detail, what=place)


def policies_text(policies: Sequence[Policy]) -> str:
    """The document as text, as a file holds it."""
    return json.dumps(policies_json(policies), indent=2, ensure_ascii=False) + "\n"


def policies_in(document: bytes) -> tuple[Policy, ...]:
    """The policies of a document. Raises PolicyDocumentError."""
    if len(document) > LARGEST_DOCUMENT:
        raise PolicyDocumentError(
            place="the document", detail=QT_TRANSLATE_NOOP("facts", "it is too large")
        )
    try:
        found = json.loads(document.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        detail = f"it is no JSON ({str(error)[:100]})"
        raise PolicyDocumentError(place="the document", detail=detail) from error
    return policies_from(found)


def policies_json(policies: Sequence[Policy]) -> dict[str, object]:
    """Policies as the document's object."""
    return {"kind": KIND, "version": VERSION, "policies": [policy_json(one) for one in policies]}


def policy_json(policy: Policy) -> dict[str, object]:
    """One policy; what limits or demands nothing is left out."""
    match: dict[str, object] = {
        name: sorted(found) for name in MATCHES if (found := getattr(policy.match, name))
    }
    told: dict[str, object] = {
        "name": policy.name,
        "match": match,
        "stages": list(policy.stages),
        "renditions": policy.renditions,
        "keeps_below": policy.keeps_below,
        "may_override": sorted(policy.may_override),
        "deciders": {stage: sorted(roles) for stage, roles in policy.deciders},
        "required": list(policy.required),
        "files": policy.files,
    }
    return {key: value for key, value in told.items() if value or key == "name"}


def policies_from(document: object) -> tuple[Policy, ...]:
    """The policies that a document's object describes.

    Raises:
        PolicyDocumentError: Something in it is not as it should be; the first such place is named.
    """
    top = _object(document, "the document", ("kind", "version", "policies"))
    if top.get("kind") != KIND:
        raise PolicyDocumentError(place="kind", detail=f"it has to be “{KIND}”")
    if top.get("version") != VERSION or isinstance(top.get("version"), bool):
        raise PolicyDocumentError(place="version", detail=f"only version {VERSION} can be read")
    told = top.get("policies")
    if not isinstance(told, list):
        raise PolicyDocumentError(
            place="policies", detail=QT_TRANSLATE_NOOP("facts", "it has to be a list")
        )
    policies = tuple(policy_from(one, f"policies[{place}]") for place, one in enumerate(told))
    try:
        check_policies(policies)
    except PolicyError as error:
        raise _at("policies", error) from error
    return policies


def policy_from(told: object, place: str) -> Policy:
    """One policy. Raises PolicyDocumentError."""
    found = _object(told, place, KEYS)
    name = found.get("name")
    if not isinstance(name, str):
        raise PolicyDocumentError(
            place=f"{place}.name", detail=QT_TRANSLATE_NOOP("facts", "it has to be a text")
        )
    match = _match(found.get("match", {}), f"{place}.match")
    stages = _texts(found, "stages", place)
    try:
        return Policy(
            name=name,
            match=match,
            stages=stages,
            renditions=_flag(found, "renditions", place),
            keeps_below=_threshold(found.get("keeps_below"), place),
            may_override=frozenset(_texts(found, "may_override", place)),
            deciders=_deciders(found.get("deciders", {}), f"{place}.deciders"),
            required=_texts(found, "required", place),
            files=_flag(found, "files", place),
        )
    except PolicyDocumentError:
        raise
    except PolicyError as error:
        raise _at(place, error) from error


def _match(told: object, place: str) -> PolicyMatch:
    found = _object(told, place, MATCHES)
    kinds = _texts(found, "kinds", place)
    unknown = next((one for one in kinds if one not in list(Kind)), None)
    if unknown is not None:
        detail = f"“{unknown[:40]}” is none of {', '.join(Kind)}"
        raise PolicyDocumentError(place=f"{place}.kinds", detail=detail)
    return PolicyMatch(
        kinds=frozenset(map(Kind, kinds)),
        folders=frozenset(_texts(found, "folders", place)),
        tags=frozenset(_texts(found, "tags", place)),
        channels=frozenset(_texts(found, "channels", place)),
        markets=frozenset(_texts(found, "markets", place)),
    )


def _deciders(told: object, place: str) -> tuple[tuple[str, frozenset[str]], ...]:
    if not isinstance(told, dict):
        raise PolicyDocumentError(
            place=place, detail=QT_TRANSLATE_NOOP("facts", "it has to be an object")
        )
    return tuple((stage, frozenset(_texts(told, stage, place))) for stage in told)


def _flag(found: Mapping[str, object], name: str, place: str) -> bool:
    told = found.get(name, False)
    if not isinstance(told, bool):
        detail = QT_TRANSLATE_NOOP("facts", "it has to be true or false")
        raise PolicyDocumentError(place=f"{place}.{name}", detail=detail)
    return told


def _threshold(told: object, place: str) -> float | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        detail = "it has to be a number between 0 and 1"
        raise PolicyDocumentError(place=f"{place}.keeps_below", detail=detail)
    return float(told)


def _object(told: object, place: str, keys: Sequence[str]) -> Mapping[str, object]:
    if not isinstance(told, dict):
        raise PolicyDocumentError(
            place=place, detail=QT_TRANSLATE_NOOP("facts", "it has to be an object")
        )
    unknown = next((key for key in told if key not in keys), None)
    if unknown is not None:
        raise PolicyDocumentError(place=place, detail=f"“{str(unknown)[:40]}” is not known")
    return told


def _texts(found: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
    told = found.get(name, [])
    if not isinstance(told, list) or not all(isinstance(one, str) and one.strip() for one in told):
        raise PolicyDocumentError(
            place=f"{place}.{name}",
            detail=QT_TRANSLATE_NOOP("facts", "it has to be a list of texts"),
        )
    return tuple(told)


def _at(place: str, error: PolicyError) -> PolicyDocumentError:
    detail = f"{error.facts['what']}: {error.facts['detail']}"
    return PolicyDocumentError(place=place, detail=detail)
