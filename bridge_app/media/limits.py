"""How much one file may cost: shared by the pool and its children."""

from dataclasses import dataclass

GIB = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one request to a decoder child.

    `seconds` is wall time, from the moment a running child has the request; `film_seconds` is it
    for a film that is being made, from the moment the child says that it is one. `memory_bytes` is
    the child's address space (libraries included, about 0.6 GiB of it), `pixels` the size of a
    picture that may be decoded whole, `reply_bytes` the largest answer that is believed, and
    `requests` how many files one child reads before it is replaced.
    `nice` is how far below other programs it stands: nobody waits for most of them.
    """

    seconds: float = 20.0
    film_seconds: float = 120.0
    memory_bytes: int = 5 * GIB // 2
    pixels: int = 300_000_000
    reply_bytes: int = 256 << 20
    requests: int = 1000
    nice: int = 10
