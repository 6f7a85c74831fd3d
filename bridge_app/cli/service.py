"""Commands that look after services and the profile: the sandbox, the doctor."""

import argparse
import platform
import shutil
from pathlib import Path

from bridge_app.app.build import utc_now
from bridge_app.app.profile import ProfileTroubleError, key_store, profile_home, ready
from bridge_app.cli.opening import has_display
from bridge_app.cli.output import DONE, FAILED, say, say_json
from bridge_app.cli.session import opened
from bridge_app.domain.approvals import broken_link
from bridge_app.domain.errors import BridgeError, NotFoundError
from bridge_app.media.decoder_pool import DecoderPool
from bridge_app.sandbox.options import settings_from, shelter_from, tls_from
from bridge_app.sandbox.serve import serve
from bridge_app.storage.database import DamagedDatabaseError, check_integrity
from bridge_app.storage.ledger import backups, restore


def sandbox(arguments: argparse.Namespace) -> int:
    """Serve Cloudinary's and PhotoShelter's APIs on this machine until interrupted."""
    shelter = shelter_from(key=arguments.shelter_key, rate=arguments.rate, strict=arguments.strict)
    with DecoderPool(size=2) as decoder:
        serve(
            decoder=decoder,
            accounts=arguments.account,
            port=arguments.port,
            state=Path(arguments.state) if arguments.state else None,
            folder_mode=arguments.folder_mode,
            delivery_base=arguments.delivery_base,
            calls_per_hour=arguments.calls_per_hour,
            latency_s=arguments.latency,
            settings=settings_from(
                plan=arguments.plan,
                strict_transformations=arguments.strict_transformations,
                auth_token_key=arguments.auth_token_key,
                hosts=arguments.host,
                remote_files=arguments.remote_file,
                provisioning=arguments.provisioning,
                secure_delivery_base=arguments.secure_delivery_base,
                samples=arguments.samples,
            ),
            tls=tls_from(arguments.tls_certificate, arguments.tls_key),
            shelter=None if arguments.shelter == "off" else shelter,
            sample=arguments.shelter == "sample",
            tell=say,
        )
    return DONE


def doctor(arguments: argparse.Namespace) -> int:
    """Look at what could be wrong here, and say how to mend it."""
    home = profile_home()
    ledger = home / "ledger.db"
    if arguments.restore_ledger:
        return _restore(ledger)
    if arguments.bundle:
        # Who only asks how things are need not wait for what a bundle is made with.
        from bridge_app.cli import doctor_bundle  # noqa: PLC0415

        return doctor_bundle.write(arguments)
    facts = f"Python {platform.python_version()}, {platform.platform()}"
    checks = (_check_ledger(ledger), _check_disk(home), _check_keys(home), _check_display())
    if arguments.json:
        say_json({"profile": str(home), "runs_on": facts})
        for well, text in checks:
            say_json({"ok": well, "text": text})
    else:
        say(f"Profile: {home}")
        say(facts)
        for well, text in checks:
            say(f"{'ok  ' if well else 'TROUBLE'} {text}")
    return DONE if all(well for well, _ in checks) else FAILED


def _restore(ledger: Path) -> int:
    try:
        check_integrity(ledger)
    except DamagedDatabaseError:
        found = backups(ledger)
    else:
        say("The ledger is sound: there is nothing to restore.")
        return DONE
    if not found:
        raise NotFoundError(what="A backup of the ledger")
    aside = restore(ledger, found[0], now=utc_now())
    say(f"The ledger is that of {found[0].name} again; the damaged one is kept as {aside.name}.")
    return DONE


def _check_ledger(ledger: Path) -> tuple[bool, str]:
    if not ledger.exists():
        return True, "The ledger: nothing was said yet."
    try:
        check_integrity(ledger)
        with opened() as parts:
            broken = broken_link(parts.stock.decisions.everything())
            trail = parts.worker.audit.check()
    except BridgeError as error:
        return False, f"{error} `asset-bridge doctor --restore-ledger` takes the newest backup."
    if broken is not None:
        return False, f"The record of decisions was tampered with at entry {broken + 1}."
    if not trail.is_sound:
        return (
            False,
            f"{trail.findings[0].sentence()} `asset-bridge audit verify` tells everything.",
        )
    return True, f"The ledger is sound; {len(backups(ledger))} backups."


def _check_disk(home: Path) -> tuple[bool, str]:
    try:
        ready(home)
    except ProfileTroubleError as error:
        return False, str(error)
    free = shutil.disk_usage(home).free
    return free > 500_000_000, f"Disk: {free // 1_000_000} MB free."


def _check_keys(home: Path) -> tuple[bool, str]:
    try:
        return True, f"Secrets: {key_store(home)(None).describe()}"
    except BridgeError as error:
        return False, str(error)


def _check_display() -> tuple[bool, str]:
    if has_display():
        return True, "A display is there."
    return True, "There is no display: the window cannot open, everything else works."
