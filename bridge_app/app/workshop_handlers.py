"""Which job is handled by whom; they are put together when the first job of their kind runs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bridge_app.app.push_parts import push_handler
from bridge_app.storage.looks import LOOK
from bridge_app.work.dispatcher import Handler
from bridge_app.work.eager_record import EagerRecord
from bridge_app.work.handlers.on_demand import HandlersOnDemand
from bridge_app.work.jobs import EDIT, PUSH, PUSH_REFERENCE, TAKE_IN, WRITE_FILE, WRITE_SHELTER
from bridge_app.work.kinds import (
    ARCHIVE,
    CLOUD_CHANGE,
    CONTENTSTACK,
    EXPORT,
    KIT,
    MAKE,
    MODERATE,
    NEW_VERSION,
    RETRACT,
    RETRACT_RENDITION,
    TAG_MASTER,
    TELL_FILE,
    WEBHOOK,
    WRITE_APPROVAL,
    WRITE_BACK,
    WRITE_RIGHTS,
)

# Whoever few commands need is loaded with the first job for them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from bridge_app.app.workshop import Workshop

Found = Mapping[str, Handler]


def handlers(shop: "Workshop") -> HandlersOnDemand:
    """Everybody who carries out jobs."""
    return HandlersOnDemand(
        {
            (PUSH,): lambda: {
                PUSH: push_handler(
                    shop.stock,
                    shop.environments,
                    file_path=shop.file_path,
                    eager=_eager_record(shop),
                )
            },
            (TAKE_IN,): lambda: _taking_in(shop),
            (EDIT,): lambda: _editing(shop),
            (WRITE_FILE,): lambda: _writing_files(shop),
            (TELL_FILE,): lambda: _telling_files(shop),
            (WRITE_SHELTER,): lambda: _writing_records(shop),
            (CLOUD_CHANGE,): lambda: _changing(shop),
            (EXPORT,): lambda: _exporting(shop),
            (KIT,): lambda: _exporting_kits(shop),
            (MAKE,): lambda: _making(shop),
            (RETRACT, RETRACT_RENDITION): lambda: _retracting(shop),
            (MODERATE,): lambda: _moderating(shop),
            (PUSH_REFERENCE,): lambda: _pushing_by_reference(shop),
            (LOOK,): lambda: _looking(shop),
            (WRITE_APPROVAL, WRITE_RIGHTS): lambda: _telling(shop),
            (WRITE_BACK, ARCHIVE, TAG_MASTER): lambda: _recording(shop),
            (NEW_VERSION,): lambda: _making_versions(shop),
            (WEBHOOK,): lambda: _sending_messages(shop),
            (CONTENTSTACK,): lambda: {CONTENTSTACK: shop.outside.stack_parts[1]},
        }
    )


def _eager_record(shop: "Workshop") -> EagerRecord:
    return EagerRecord(made=lambda: shop.stock.made, queue=shop.queue, who=shop.who)


def _taking_in(shop: "Workshop") -> Found:
    from bridge_app.work.handlers.take_in import TakeInHandler

    handler = TakeInHandler(
        library=shop.local_library, drafts=shop.drafts, look=shop.scanner.request
    )
    return {TAKE_IN: handler}


def _editing(shop: "Workshop") -> Found:
    from bridge_app.app.editing_parts import edit_handler

    return {EDIT: edit_handler(shop.stock, shop.editing, shop.announcer)}


def _writing_files(shop: "Workshop") -> Found:
    from bridge_app.app.master_parts import file_handler

    handler = file_handler(
        shop.stock, shop.scanner, shop.announcer, files=shop.metadata_files, place=shop.file_path
    )
    return {WRITE_FILE: handler}


def _telling_files(shop: "Workshop") -> Found:
    from bridge_app.work.handlers.tell_file import TellFileHandler

    return {TELL_FILE: TellFileHandler(desk=shop.file_approvals)}


def _writing_records(shop: "Workshop") -> Found:
    from bridge_app.app.master_parts import shelter_handler

    return {WRITE_SHELTER: shelter_handler(shop.stock, shop.shelters, shop.announcer)}


def _changing(shop: "Workshop") -> Found:
    from bridge_app.app.cloud_parts import cloud_change_handler

    return {
        CLOUD_CHANGE: cloud_change_handler(
            shop.stock,
            shop.environments,
            refresh=shop.refresh,
            look_again=lambda environment: shop.mirrors.request(environment),  # noqa: PLW0108 - not yet made
            emit=shop.announcer.tell,
        )
    }


def _exporting(shop: "Workshop") -> Found:
    from bridge_app.app.rendition_parts import export_handlers

    return export_handlers(
        shop.stock,
        shop.decoder,
        file_path=shop.file_path,
        beside=shop.beside,
        environments=shop.environments,
        places=shop.outside.places,
    )


def _exporting_kits(shop: "Workshop") -> Found:
    from bridge_app.app.kit_parts import kit_handler

    return {KIT: kit_handler(shop, shop)}


def _making(shop: "Workshop") -> Found:
    from bridge_app.app.governance_parts import told_first
    from bridge_app.app.rendition_parts import making_handlers

    made = making_handlers(shop.stock, shop.environments, shop.shelters, who=shop.who)
    return told_first(made, shop.stock)


def _retracting(shop: "Workshop") -> Found:
    from bridge_app.app.retraction_handlers import retraction_handlers

    return retraction_handlers(
        shop.stock, shop.environments, shop.announcer, refresh=shop.refresh, now=shop.now
    )


def _moderating(shop: "Workshop") -> Found:
    from bridge_app.app.difference_parts import moderation_handlers

    return moderation_handlers(
        shop.stock, shop.environments, shop.announcer, files=lambda: shop.file_approvals
    )


def _pushing_by_reference(shop: "Workshop") -> Found:
    from bridge_app.app.governance_parts import told_first
    from bridge_app.app.reference_parts import reference_handlers

    made = reference_handlers(
        shop.stock,
        shop.environments,
        shop.shelters,
        words=shop.governance.words,
        eager=_eager_record(shop),
    )
    return told_first(made, shop.stock)


def _looking(shop: "Workshop") -> Found:
    from bridge_app.app.reference_parts import look_handlers

    return look_handlers(shop.stock, shop.environments, shop.announcer)


def _telling(shop: "Workshop") -> Found:
    from bridge_app.app.governance_parts import approval_handlers

    return approval_handlers(shop.stock, shop.shelters, shop.announcer)


def _recording(shop: "Workshop") -> Found:
    from bridge_app.app.write_back_parts import recording_handlers

    return recording_handlers(
        shop.stock,
        shop.shelters,
        shop.environments,
        refresh=shop.refresh,
        desk=lambda: shop.recording.write_back,
        now=shop.now,
    )


def _making_versions(shop: "Workshop") -> Found:
    from bridge_app.app.exchange_parts import version_handlers

    return version_handlers(
        shop.stock,
        shop.shelters,
        shop.environments,
        decoder=shop.decoder,
        refresh=shop.refresh,
    )


def _sending_messages(shop: "Workshop") -> Found:
    from bridge_app.app.outside import webhook_handler

    return {WEBHOOK: webhook_handler(shop, shop.outside)}
