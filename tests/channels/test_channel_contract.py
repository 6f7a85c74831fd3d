"""Contentstack keeps the contract that every channel with pages keeps."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bridge_app.channels.contentstack.entries import Entries
from bridge_app.channels.contentstack.transport import Transport
from bridge_app.domain.contentstack import EntryField, FieldKind
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.contentstack.stack import MASTER, TOKEN, Entry
from bridge_app.sandbox.server import Sandbox
from bridge_app.testing.channel_contract import ChannelContract, ChannelSubject
from tests.stacks import is_public, site, stack_sandbox

FIELD = "image_url"


class Editor:
    """Sits at the stack itself."""

    def __init__(self, sandbox: Sandbox, entry: Entry) -> None:
        self._sandbox, self._entry = sandbox, entry

    def save(self, value: object) -> None:
        self._sandbox.stack.change_entry(self._entry, {FIELD: value}, MASTER)

    def seen(self) -> object:
        if not is_public(self._entry):
            return None
        version, _ = self._entry.published["production", MASTER]
        return self._entry.versions[MASTER][version - 1].get(FIELD)

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        self._sandbox.faults.answer(status=500, times=5, path_contains="/v3/")
        yield
        self._sandbox.faults.clear()


class TestContentstack(ChannelContract):
    """Its entries, in the sandbox."""

    @pytest.fixture
    def subject(self, decoder: DecoderPool) -> Iterator[ChannelSubject]:
        with stack_sandbox(decoder) as sandbox:
            entry = next(iter(sandbox.stack.branches["main"].entries.values()))
            transport = Transport(site(sandbox), TOKEN, spread=lambda: 0.0)
            yield ChannelSubject(
                channel=Entries(transport, "production"),
                place=EntryField(
                    content_type="article",
                    entry=entry.uid,
                    field=FIELD,
                    locale=MASTER,
                    kind=FieldKind.URL,
                ),
                title=str(entry.versions[MASTER][-1]["title"]),
                environment="production",
                hands=Editor(sandbox, entry),
            )
            transport.close()
