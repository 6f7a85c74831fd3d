"""Whether delivered content may not be seen any more where it is laid on a rendition."""

from datetime import datetime

from bridge_app.domain.retractions import Delivered, withdrawing
from bridge_app.domain.unmastered import against_unmastered
from bridge_app.domain.uses import Use


def is_held_back(layer: Delivered, use: Use, at: datetime) -> bool:
    """Is it, at `at` (UTC), on a rendition that was made for a use?

    As of its own copy: one master that allows it is enough, and a policy that comes later takes
    nothing away.
    """
    if not layer.masters:
        return bool(against_unmastered(layer.approval, [layer], at))
    environment = layer.copy.environment
    return all(withdrawing(one.answer(environment, at, use)) for one in layer.masters)
