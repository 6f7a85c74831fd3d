"""The kinds of job as values, and how they are written into the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bridge_app.domain.assets import AssetId, LibraryId
from bridge_app.domain.eager import EagerRendition
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.push_plan import PushPlan, PushStep
from bridge_app.domain.push_policies import Moderated
from bridge_app.storage.jobs import NewJob
from bridge_app.storage.paths import from_blob, to_blob

PUSH = "push"
PUSH_REFERENCE = "push_reference"
PUSHES = (PUSH, PUSH_REFERENCE)
"""The kinds of job that bring a master to delivery."""
TAKE_IN = "take_in"
EDIT = "edit"
WRITE_FILE = "write_file"
WRITE_SHELTER = "write_shelter"
"""The kinds of job that deliver edits: to a product environment, into files, to a service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """Send one master to Cloudinary; same asset, content and environment: the same push.

    `replaces` is the SHA-256 of our delivered copy that this one takes the place of, or "" for
    a public ID at which nothing may be replaced. `shown` are the places of a feed's products that
    the image is for, as `storage.feed_told` keeps them once it is delivered.
    """

    environment: str
    asset: AssetId
    name: str
    sha256: str
    md5: str
    bytes: int
    public_id: str
    fallback_id: str
    resource_type: str
    folder: str
    tags: tuple[str, ...]
    preset: str | None
    replaces: str
    display_name: str = ""
    context: tuple[tuple[str, str], ...] = ()
    access: tuple[Mapping[str, str], ...] = ()
    delivery_type: str = "upload"
    metadata: tuple[tuple[str, FieldValue], ...] = ()
    moderated: str = Moderated.NO.value
    feed: str = ""
    shown: tuple[tuple[str | int, ...], ...] = ()
    eager: tuple[EagerRendition, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger, where an earlier version may have written it."""
        known = {name: params[name] for name in cls.__dataclass_fields__ if name in params}
        known["tags"] = tuple(params["tags"])
        known["context"] = tuple((key, value) for key, value in params.get("context", ()))
        known["access"] = tuple(params.get("access", ()))
        known["metadata"] = metadata_from(params)
        known["shown"] = tuple(map(tuple, params.get("shown", ())))
        known["eager"] = tuple(EagerRendition(*one) for one in params.get("eager", ()))
        return cls(**known)

    @classmethod
    def from_step(cls, step: PushStep, plan: PushPlan) -> Self:
        """The push that carries out one step of a plan."""
        return cls(
            environment=plan.environment,
            asset=step.asset,
            name=step.name,
            sha256=step.sha256,
            md5=step.md5,
            bytes=step.bytes,
            public_id=step.public_id,
            fallback_id=step.fallback_id,
            resource_type=step.resource_type,
            folder=plan.target.folder,
            tags=plan.target.tags,
            preset=plan.target.preset,
            replaces=step.replaces,
            display_name=step.display_name,
            context=plan.target.context,
            access=step.access,
            delivery_type=plan.target.delivery_type.value,
            metadata=plan.target.metadata,
            moderated=plan.target.moderated.value,
            eager=step.eager,
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it."""
        return NewJob(
            kind=PUSH,
            identity=f"{PUSH}:{self.environment}:{self.asset}:{self.sha256}",
            batch=batch,
            name=self.name,
            params={name: getattr(self, name) for name in self.__dataclass_fields__},
            environment=self.environment,
            asset=self.asset,
            total=self.bytes,
            public_id=self.public_id,
        )


def metadata_from(params: Mapping[str, Any]) -> tuple[tuple[str, FieldValue], ...]:
    """The structured values that a push says, read back from the ledger's JSON."""
    said = params.get("metadata", ())
    return tuple((key, tuple(one) if isinstance(one, list) else one) for key, one in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """Copy dropped files into a folder of a library. Sources are absolute paths."""

    sources: tuple[str, ...]
    library: LibraryId
    folder: str

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger, where paths are hexadecimal bytes."""
        return cls(
            sources=tuple(from_blob(bytes.fromhex(source)) for source in params["sources"]),
            library=LibraryId(params["library"]),
            folder=from_blob(bytes.fromhex(params["folder"])),
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it; its name is that of the first file."""
        return NewJob(
            kind=TAKE_IN,
            identity=f"{TAKE_IN}:{batch}",
            batch=batch,
            name=Path(self.sources[0]).name.encode("utf-8", "replace").decode(),
            params={
                "sources": [to_blob(source).hex() for source in self.sources],
                "library": self.library,
                "folder": to_blob(self.folder).hex(),
            },
            total=len(self.sources),
        )
