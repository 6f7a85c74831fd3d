"""What is known here of some content: its masters, what was said of it, and what it is laid on."""

import re
import sqlite3
from collections.abc import Iterator
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
QUOTED = re.compile(r"!([^!]+)!")
"""What a variable holds may be named by a layer."""


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


def laid_on(readers: Readers, environment: str, transformation: str) -> frozenset[str]:
    """The contents that were delivered from here and are laid on by a transformation."""
    if not LAYER.search(transformation):
        return frozenset()
    names = frozenset(_names(transformation))

    def asked(connection: sqlite3.Connection) -> frozenset[str]:
        return contents_named(connection, environment, names)

    with readers.lent() as reader:
        return reader.ask(asked)


def layers_held_back(
    readers: Readers, environment: str, transformation: str, use: Use, at: datetime
) -> bool:
    """May something that a made rendition shows, laid on it, not be seen any more?"""
    contents = laid_on(readers, environment, transformation)
    if not contents:
        return False
    with readers.lent() as reader:
        found = [
            reader.ask(partial(delivered_in, environment=environment, at=at, content=content))
            for content in contents
        ]
    return any(copies and all(is_held_back(one, use, at) for one in copies) for copies in found)


def _names(transformation: str) -> Iterator[str]:
    """The public IDs that it may mean; a format may be written after each."""
    # The transformation language loads libvips, which a start must not wait for.
    from bridge_app.transform.layer_source import (  # noqa: PLC0415
        FetchedLayer,
        StoredLayer,
        layer_source,
    )
    from bridge_app.transform.read_url import read_url  # noqa: PLC0415

    for written in (*LAYER.findall(transformation), *QUOTED.findall(transformation)):
        try:
            layer = layer_source(unquote(written))
        except BridgeError:
            continue
        if isinstance(layer, StoredLayer):
            yield from (layer.public_id, layer.public_id.rpartition(".")[0])
        elif isinstance(layer, FetchedLayer):
            read = read_url(layer.url)
            yield from read.names if read is not None else ()
