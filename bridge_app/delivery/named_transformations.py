"""Named transformations of a product environment: listed, read, made, redefined and deleted.

Source: reference/cloudinary.md, 4.8 and 9.13.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import cloudinary.api
from cloudinary.utils import generate_transformation_string

from bridge_app.delivery.accounts import Credentials
from bridge_app.delivery.answers import SERVICE
from bridge_app.delivery.asset_answers import cursor_in, items, object_of, text_in
from bridge_app.delivery.errors import cloudinary_errors
from bridge_app.domain.errors import QT_TRANSLATE_NOOP, BridgeError
from bridge_app.domain.named_matching import NamedTransformation, canonical

Call = Callable[..., Mapping[str, Any]]
PAGE = 500
"""Transformations listed by one call; the most the service gives."""
_SHORT = re.compile(r"[a-z]{1,3}")
"""A parameter that the service has no long name for, and gives back as it is."""


class NamedMovedOnError(BridgeError):
    """Somebody else defined it anew meanwhile."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The named transformation {name} at {service} is not what you saw: it now is {now}. It was "
        "left as it is.",
    )


class NamedTransformations:
    """One environment's. Methods block, run on any thread, raise BridgeError only."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self.environment = credentials.account.environment

    def names(self) -> tuple[str, ...]:
        """The names of all, without `t_`; one call for each 500."""
        return tuple(_bare(text_in(one, "name")) for one in self._listed())

    def listed(self) -> tuple[NamedTransformation, ...]:
        """All with their definitions; a call for each, besides the listing."""
        found = (self.one(name) for name in self.names())
        return tuple(one for one in found if one is not None)

    def one(self, name: str) -> NamedTransformation | None:
        """One by its name; None if there is none."""
        with cloudinary_errors():
            try:
                reply = self._call(cloudinary.api.transformation, f"t_{_bare(name)}", max_results=1)
            except cloudinary.api.NotFound:
                return None
        return NamedTransformation(
            name=_bare(text_in(reply, "name")) or _bare(name),
            definition=definition_in(reply),
            used=bool(reply.get("used")),
            allowed_for_strict=bool(reply.get("allowed_for_strict")),
        )

    def create(self, name: str, definition: str) -> None:
        """Define a new one. Raises RefusedByServiceError if the name is taken."""
        given = {"raw_transformation": definition}
        self._ask(cloudinary.api.create_transformation, _bare(name), given)

    def update(self, name: str, definition: str, *, seen: str) -> None:
        """Define it anew; what was derived with the old definition stays as it is.

        Raises NamedMovedOnError if it is not what was `seen` any more.
        """
        self._check(name, seen)
        self._ask(
            cloudinary.api.update_transformation,
            f"t_{_bare(name)}",
            unsafe_update={"raw_transformation": definition},
        )

    def delete(self, name: str, *, seen: str) -> None:
        """Delete it, and with it everything that was derived with it. Raises as `update` does."""
        self._check(name, seen)
        self._ask(cloudinary.api.delete_transformation, f"t_{_bare(name)}")

    def _check(self, name: str, seen: str) -> None:
        now = self.one(name)
        said = now.definition if now else ""
        if now is None or canonical(said) != canonical(seen):
            raise NamedMovedOnError(name=name, service=SERVICE, now=said or "deleted")

    def _listed(self) -> Iterator[Mapping[str, Any]]:
        cursor: str | None = None
        while True:
            page = {"next_cursor": cursor} if cursor else {}
            reply = self._ask(cloudinary.api.transformations, named=True, max_results=PAGE, **page)
            for one in items(reply, "transformations"):
                if isinstance(one, Mapping) and one.get("named", True):
                    yield one
            cursor = cursor_in(reply, cursor)
            if not cursor:
                return

    def _ask(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        with cloudinary_errors():
            return self._call(call, *values, **options)

    def _call(self, call: Call, *values: object, **options: object) -> Mapping[str, Any]:
        return object_of(lambda: call(*values, **options, **self._credentials.options()))


def definition_in(reply: Mapping[str, Any]) -> str:
    """What the details of a transformation say it stands for, as text.

    The service gives the SDKs' options; the SDK writes them, and what it has no name for is written
    as it came.
    """
    components = [one for one in items(reply, "info") if isinstance(one, Mapping)]
    return "/".join(filter(None, map(_component, components)))


def _component(told: Mapping[str, Any]) -> str:
    own = {name: value for name, value in told.items() if _SHORT.fullmatch(str(name))}
    known = {name: value for name, value in told.items() if name not in own}
    form = str(known.pop("extension", ""))
    text, _ = generate_transformation_string(**known)
    rest = [f"{name}_{value}" for name, value in own.items() if name not in ("if", "dpr")]
    kept = {name: own[name] for name in ("if", "dpr") if name in own}
    if kept:
        text, _ = generate_transformation_string(**known, **kept)
    written = ",".join(filter(None, [text, *rest]))
    return "/".join(filter(None, [written, f"f_{form}" if form not in ("", "none") else ""]))


def _bare(name: str) -> str:
    return name.removeprefix("t_")
