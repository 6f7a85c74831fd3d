"""Puts a product environment together: its keys, its notices, and what it holds."""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta

from bridge_app.sandbox.cloudinary.announcer import listener
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.key_ring import AccessKey, KeyRing
from bridge_app.sandbox.cloudinary.naming import FolderMode
from bridge_app.sandbox.cloudinary.notices import Notices
from bridge_app.sandbox.cloudinary.oauth_tokens import Tokens
from bridge_app.sandbox.cloudinary.postbox import MessageStore
from bridge_app.sandbox.cloudinary.samples import place_samples
from bridge_app.sandbox.cloudinary.search_index import SearchIndex
from bridge_app.sandbox.cloudinary.settings import Settings
from bridge_app.sandbox.cloudinary.traffic import Traffic
from bridge_app.sandbox.cloudinary.webhooks import Webhooks
from bridge_app.sandbox.decoder import Decoder
from bridge_app.sandbox.records import StoredAsset
from bridge_app.sandbox.state import Environment

OnChange = Callable[[StoredAsset | None, StoredAsset | None], object]
"""Is told of an asset before and after a change; None where there was or is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all product environments of a sandbox have in common.

    `delivery_base` is the start of every delivery URL, before the cloud name; `url` is where the
    sandbox itself is.
    """

    folder_mode: FolderMode
    delivery_base: str
    url: str
    decoder: Decoder
    executor: Executor
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    settings: Settings
    tokens: Tokens
    webhooks: Webhooks


def assembled(
    name: str, environment: Environment, given: Mapping[str, AccessKey], shared: Shared
) -> Cloud:
    """The product environment of a cloud name; its environment is open."""
    keys = KeyRing(given, environment, granted=lambda token: shared.tokens.allowed(token, name))
    postbox = MessageStore(environment, now=shared.now, new_id=shared.new_id)
    notices = Notices(
        rows=environment,
        keys=keys,
        post=shared.webhooks.post,
        postbox=postbox,
        now=shared.now,
    )
    lag = timedelta(seconds=shared.settings.search_lag_s)
    index = SearchIndex(environment, now=shared.now, lag=lag)
    environment.on_change = _each(listener(notices), index.changed)
    cloud = Cloud(
        name=name,
        keys=keys,
        environment=environment,
        folder_mode=shared.folder_mode,
        delivery_base=shared.delivery_base,
        url=shared.url,
        decoder=shared.decoder,
        executor=shared.executor,
        now=shared.now,
        new_id=shared.new_id,
        settings=shared.settings,
        notices=notices,
        postbox=postbox,
        traffic=Traffic(shared.now),
        index=index,
    )
    if shared.settings.samples:
        place_samples(cloud)
    return cloud


def _each(*listeners: OnChange) -> OnChange:
    """A listener that tells several."""

    def tell(before: StoredAsset | None, after: StoredAsset | None) -> None:
        for told in listeners:
            told(before, after)

    return tell
