"""What is known here of some content: its masters, what was said of it, and what it is laid on."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import unquote

from bridge_app.domain.errors import BridgeError
from bridge_app.domain.gate import Reason
from bridge_app.domain.layers_held_back import is_held_back
from bridge_app.domain.unmastered import against_unmastered
from bridge_app.domain.uses import Use
from bridge_app.storage.decisions import Decisions
from bridge_app.storage.listed_copies import contents_named
from bridge_app.storage.retractions import delivered_in
from bridge_app.storage.search import Readers, Standing

LAYER = re.compile(r"(?:^|[/,])[lu]_([^,/]+)")
NAMED = re.compile(r"(?:^|[/,])t_([^,/]+)")
QUOTED = re.compile(r"!([^!]+)!")
"""What a variable holds may be named by a layer."""
Named = Callable[[], Mapping[str, str]]
"""What named transformations stand for, as far as presets here say so."""


def masters_of(readers: Readers, sha256: str) -> list[Standing]:
    """Every master of some content."""
    with readers.lent() as reader:
        found = [reader.standing(asset) for asset in reader.masters(sha256)]
    return [one for one in found if one is not None]


def said_against(
    readers: Readers, decisions: Decisions, sha256: str, environment: str, at: datetime
) -> tuple[Reason, ...]:
    """What was said against content of which no master is here."""
    with readers.lent() as reader:
        asked = partial(delivered_in, environment=environment, at=at, content=sha256)
        delivered = reader.ask(asked)
    return against_unmastered(decisions.approval_of(sha256), delivered, at)


def laid_on(
    readers: Readers, environment: str, transformation: str, named: Named
) -> frozenset[str]:
    """The contents at the service that are laid on by a transformation, as far as is known."""
    names = frozenset(_names(transformation, named))
    if not names:
        return frozenset()
    with readers.lent() as reader:
        asked = partial(contents_named, environment=environment, public_ids=names)
        return reader.ask(asked)


def is_layer_held_back(
    readers: Readers, decisions: Decisions, content: str, environment: str, use: Use, at: datetime
) -> bool:
    """May content not be seen any more where it is laid on a rendition that was made?"""
    with readers.lent() as reader:
        asked = partial(delivered_in, environment=environment, at=at, content=content)
        copies = reader.ask(asked)
    if not copies:
        return bool(against_unmastered(decisions.approval_of(content), (), at))
    return all(is_held_back(one, use, at) for one in copies)


def _names(transformation: str, named: Named) -> Iterator[str]:
    """The public IDs that it may mean, however it is written and by whatever it names."""
    seen: set[str] = set()
    left = [transformation]
    while left:
        text = left.pop()
        if text in seen:
            continue
        seen.add(text)
        if NAMED.search(text):
            known = named()
            left.extend(known.get(name, "") for name in NAMED.findall(text))
        for written in (*LAYER.findall(text), *QUOTED.findall(text)):
            names, within = _shown(unquote(written))
            yield from names
            left.append(within)


def _shown(written: str) -> tuple[tuple[str, ...], str]:
    """What a layer may show, and through what; a format may be written after a public ID."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform.layer_source import (  # noqa: PLC0415
        FetchedLayer,
        StoredLayer,
        layer_source,
    )
    from bridge_app.transform.read_url import read_url  # noqa: PLC0415

    try:
        layer = layer_source(written)
    except BridgeError:
        return (), ""
    if isinstance(layer, StoredLayer):
        return (layer.public_id, layer.public_id.rpartition(".")[0]), ""
    read = read_url(layer.url) if isinstance(layer, FetchedLayer) else None
    if read is None:
        return (), ""
    return read.names, str(read.path.transformation) if read.path is not None else ""
