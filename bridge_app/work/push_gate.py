"""What is asked about a push as it leaves: the gate, and the products that it is for, if any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge_app.domain.eager import EagerRendition
from bridge_app.domain.gate import Use, Verdict
from bridge_app.domain.policies import Policy
from bridge_app.work.gatekeeper import Gatekeeper, Leaving
from bridge_app.work.jobs import Push
from bridge_app.work.reference_jobs import PushReference

if TYPE_CHECKING:
    from bridge_app.work.product_gate import ProductGate


@dataclass(frozen=True, slots=True, kw_only=True)
class PushGate:
    """Thread-safe; `products` is asked for with the first push of a feed."""

    gate: Gatekeeper
    products: Callable[[], "ProductGate"]

    def answer(
        self,
        master: Leaving,
        push: Push | PushReference,
        policies: Sequence[Policy] | None = None,
    ) -> Verdict:
        """May it leave now? `policies` are those of the environment, where they were just read."""
        found = self.gate.answer(master, push.environment, policies=policies)
        if not (found.allows and push.feed):
            return found
        places = [[str(one) for one in place] for place in push.shown]
        products = [(sku, market, language) for sku, market, language, *_ in places]
        return self.products().answer(master, push.environment, push.feed, products, policies)

    def eager(
        self, master: Leaving, push: Push, policies: Sequence[Policy]
    ) -> tuple[EagerRendition, ...]:
        """Which of the renditions that a push has made with it may be made now."""
        return tuple(
            one
            for one in push.eager
            if self.gate.answer(
                master,
                push.environment,
                use=Use(market=one.market, channel=one.channel),
                subject=self.gate.subject(one.transformation, one.format),
                policies=policies,
            ).allows
        )
