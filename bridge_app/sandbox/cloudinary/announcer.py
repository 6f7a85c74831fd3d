"""Sees what each request changes, and has the notices sent when it has been answered."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.requests import Request
from starlette.responses import Response

from bridge_app.sandbox.cloudinary import shapes
from bridge_app.sandbox.cloudinary.auth import basic_name
from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.events import Change, of_changes, of_reply
from bridge_app.sandbox.cloudinary.notices import Notices, Occasion
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.shapes import Json
from bridge_app.sandbox.records import Key, StoredAsset

OK = 200
EXPLICIT = "explicit"
"""Told only to a URL of the call's own: triggers hear of what it changed."""


class _Heard:
    """The changes of one request, until it is answered."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.promised: Json | None = None
        self.over = False


_current: ContextVar[_Heard | None] = ContextVar("heard", default=None)


def listener(notices: Notices) -> Callable[[StoredAsset | None, StoredAsset | None], None]:
    """What an environment calls for every change of an asset.

    Changes during a request are told at its end; those that come later, or out of nowhere, at
    once.
    """

    def hear(before: StoredAsset | None, after: StoredAsset | None) -> None:
        heard = _current.get()
        if heard is not None and not heard.over:
            heard.changes.append((before, after))
            return
        for event in of_changes([(before, after)]):
            notices.tell(event, Occasion())

    return hear


def promised(cloud: Cloud, params: Params, key: Key, reply: Json) -> Json:
    """The reply; or what `async` is answered with, while the notice tells the reply itself."""
    if not params.flag("async"):
        return reply
    pending = shapes.pending(params, key, batch_id=cloud.new_id())
    heard = _current.get()
    if heard is not None:
        heard.promised = {**reply, "batch_id": pending["batch_id"]}
    return pending


@contextmanager
def announcing(request: Request, cloud: Cloud) -> Iterator[Callable[[Response], None]]:
    """Gather what the request changes; the function it gives takes the reply when there is one."""
    heard = _Heard()
    token = _current.set(heard)
    replies: list[Response] = []
    try:
        yield replies.append
    finally:
        _current.reset(token)
        heard.over = True
        _announce(request, cloud, heard, replies)


def _announce(request: Request, cloud: Cloud, heard: _Heard, replies: list[Response]) -> None:
    params: Params = getattr(request.state, "params", Params({}))
    url = _own_url(cloud, params)
    if not url and not cloud.notices.anybody_listens():
        return
    events = of_changes(heard.changes)
    for reply in replies:
        if reply.status_code == OK and reply.media_type == "application/json":
            path = request.scope["path"].split("/", 3)[3]
            told = heard.promised or json.loads(bytes(reply.body))
            events.extend(of_reply(request.method, path, told))
    occasion = Occasion(
        request_id=request.state.request_id,
        api_key=params.text("api_key") or basic_name(request.headers.get("authorization", "")),
        url=url,
        batch_id=params.text("batch_id"),
    )
    for event in events:
        if event.type != EXPLICIT or url:
            cloud.notices.tell(event, occasion)


def _own_url(cloud: Cloud, params: Params) -> str:
    """Where the call wants to be told, by itself or by its preset."""
    preset = cloud.environment.presets().get(params.text("upload_preset"))
    settings = {} if preset is None else preset.settings
    return params.text("notification_url") or str(settings.get("notification_url", ""))
