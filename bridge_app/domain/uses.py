"""What something leaves for: the market and the channel that rights and policies speak of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What something would be used for; "" where nobody has said so yet.

    A push brings a master to delivery for uses to come and names neither.
    """

    market: str = ""
    channel: str = ""


ANY_USE = Use()
