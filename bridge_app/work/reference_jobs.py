"""Pushes of masters that live at a service: how they are written into the ledger, and read back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from bridge_app.domain.assets import AssetId
from bridge_app.domain.eager import EagerRendition
from bridge_app.domain.metadata_fields import FieldValue
from bridge_app.domain.push_plan import PushPlan, PushStep
from bridge_app.domain.push_policies import Access, Moderated
from bridge_app.storage.jobs import NewJob
from bridge_app.work.jobs import PUSH_REFERENCE, Push, metadata_from


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReference:
    """Bring one master from its service to Cloudinary; no byte of it need pass through here.

    `content` is what was approved: the asset's content when the push was planned. `replaces` is
    the content that we delivered before and that this one takes the place of, or "". What the
    master says of itself travels as the mapping has it when it leaves, beside `tags` and `context`
    that a person added.
    """

    environment: str
    asset: AssetId
    name: str
    content: str
    bytes: int
    public_id: str
    fallback_id: str
    resource_type: str
    folder: str
    tags: tuple[str, ...]
    preset: str | None
    replaces: str
    display_name: str
    context: tuple[tuple[str, str], ...]
    access: Access
    delivery_type: str
    metadata: tuple[tuple[str, FieldValue], ...] = ()
    moderated: str = Moderated.NO.value
    feed: str = ""
    shown: tuple[tuple[str | int, ...], ...] = ()
    eager: tuple[EagerRendition, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, Any]) -> Self:
        """Read it back from the ledger."""
        known = {one.name: params[one.name] for one in fields(cls) if one.name in params}
        known["tags"] = tuple(params["tags"])
        known["context"] = tuple((key, value) for key, value in params["context"])
        known["access"] = Access(params["access"])
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
            content=step.content,
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
            access=plan.target.access,
            delivery_type=plan.target.delivery_type.value,
            metadata=plan.target.metadata,
            moderated=plan.target.moderated.value,
            eager=step.eager,
        )

    def new_job(self, batch: str) -> NewJob:
        """The row that keeps it."""
        return NewJob(
            kind=PUSH_REFERENCE,
            identity=f"{PUSH_REFERENCE}:{self.environment}:{self.asset}:{self.content}",
            batch=batch,
            name=self.name,
            params={field.name: getattr(self, field.name) for field in fields(self)},
            environment=self.environment,
            asset=self.asset,
            total=self.bytes,
            public_id=self.public_id,
        )


def push_jobs(plan: PushPlan, batch: str) -> list[NewJob]:
    """The rows of all that a plan sends, each as its master can be sent."""
    return [
        (PushReference if step.by_reference else Push).from_step(step, plan).new_job(batch)
        for step in plan.sending
    ]
