"""Libraries and product environments as the ledger remembers them, without their secrets."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bridge_app.domain.assets import LibraryId, LibraryRecord
from bridge_app.domain.cloud import FolderMode
from bridge_app.domain.environments import Hue, Login, MediaLimits, Naming, Stage
from bridge_app.storage.database import Writer
from bridge_app.storage.environment_facts import EnvironmentFacts
from bridge_app.storage.paths import from_blob, to_blob

LIBRARIES = "SELECT id, name, location FROM library ORDER BY added_at, id"
ADD_LIBRARY = "INSERT INTO library (id, name, location, added_at) VALUES (?, ?, ?, ?)"
REMOVE_LIBRARY = "DELETE FROM library WHERE id = ?"
ACCOUNTS = """
    SELECT environment, api_key, upload_prefix, cname, label, in_use, owner, hue, stage, login,
        client_id, folder_mode, media_limits
    FROM account ORDER BY added_at, environment
"""
PUT_ACCOUNT = """
    INSERT INTO account (environment, api_key, upload_prefix, cname, login, client_id, label,
        owner, hue, stage, in_use, added_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
    ON CONFLICT (environment) DO UPDATE SET api_key = excluded.api_key,
        upload_prefix = excluded.upload_prefix, cname = excluded.cname, login = excluded.login,
        client_id = excluded.client_id
"""
NAME_ACCOUNT = "UPDATE account SET label = ?, owner = ?, hue = ?, stage = ? WHERE environment = ?"
PUT_FOLDER_MODE = "UPDATE account SET folder_mode = ? WHERE environment = ?"
PUT_MEDIA_LIMITS = "UPDATE account SET media_limits = ? WHERE environment = ?"
USE_NONE = "UPDATE account SET in_use = 0"
USE = "UPDATE account SET in_use = 1 WHERE environment = ?"
REMOVE_ACCOUNT = "DELETE FROM account WHERE environment = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """One product environment; its secret or its tokens are in the key store.

    `upload_prefix` is the API's address where it is not Cloudinary's own; `cname` the delivery
    host where it is not the shared one. `label`, `owner`, `hue` and `stage` are what people call
    it by. `folder_mode` and `media_limits` are None until the service has told them. `client_id`
    is the program's name at the authorization server, for `Login.OAUTH` alone; `api_key` is ""
    then.
    """

    environment: str
    api_key: str
    upload_prefix: str | None
    cname: str | None
    label: str
    in_use: bool = False
    owner: str = ""
    hue: Hue = Hue.NONE
    stage: Stage = Stage.NONE
    login: Login = Login.KEY
    client_id: str | None = None
    folder_mode: FolderMode | None = None
    media_limits: MediaLimits | None = None

    @property
    def naming(self) -> Naming:
        """How people call it."""
        return Naming(label=self.label, owner=self.owner, hue=self.hue, stage=self.stage)


class Places:
    """Where masters live and where they go; thread-safe."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self.facts = EnvironmentFacts(writer)

    @property
    def folder(self) -> Path:
        """Where the ledger lies, and what belongs to it."""
        return self._writer.path.parent

    def version(self) -> int:
        """A number that changes when another process has written to the ledger."""
        return self._writer.version()

    def state(self) -> tuple[int, int]:
        """Something that is another one as soon as anybody has written to the ledger."""
        return self._writer.state()

    def libraries(self) -> tuple[LibraryRecord, ...]:
        """All libraries, in the order they were added."""
        with self._writer.reading() as connection:
            rows = connection.execute(LIBRARIES).fetchall()
        return tuple(
            LibraryRecord(id=LibraryId(row[0]), name=row[1], location=from_blob(row[2]))
            for row in rows
        )

    def add_library(self, library: LibraryRecord, *, at: datetime) -> None:
        """Remember a library."""
        values = (library.id, library.name, to_blob(library.location), at.isoformat())
        with self._writer.atomic() as connection:
            connection.execute(ADD_LIBRARY, values)

    def remove_library(self, library: LibraryId) -> None:
        """Forget a library; decisions about its assets stay."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_LIBRARY, (library,))

    def accounts(self) -> tuple[AccountRecord, ...]:
        """All product environments, in the order they were added."""
        with self._writer.reading() as connection:
            return tuple(_account(row) for row in connection.execute(ACCOUNTS))

    def put_account(self, account: AccountRecord, *, at: datetime) -> None:
        """Remember an environment or its new key, and use it from now on.

        One that is known keeps its names, and what the service told of it.
        """
        values = (
            account.environment,
            account.api_key,
            account.upload_prefix,
            account.cname,
            account.login.value,
            account.client_id,
            account.label,
            account.owner,
            account.hue.value,
            account.stage.value,
            at.isoformat(),
        )
        with self._writer.atomic() as connection:
            connection.execute(PUT_ACCOUNT, values)
            _use(connection, account.environment)

    def name_account(self, environment: str, naming: Naming) -> None:
        """Call an environment so."""
        values = (naming.label, naming.owner, naming.hue.value, naming.stage.value, environment)
        with self._writer.atomic() as connection:
            connection.execute(NAME_ACCOUNT, values)

    def put_folder_mode(self, environment: str, mode: FolderMode) -> None:
        """Remember in which folder mode an environment is."""
        with self._writer.atomic() as connection:
            connection.execute(PUT_FOLDER_MODE, (mode.value, environment))

    def put_media_limits(self, environment: str, limits: MediaLimits) -> None:
        """Remember the largest files that an environment takes."""
        with self._writer.atomic() as connection:
            connection.execute(PUT_MEDIA_LIMITS, (json.dumps(asdict(limits)), environment))

    def use_account(self, environment: str) -> None:
        """Switch to an environment."""
        with self._writer.atomic() as connection:
            _use(connection, environment)

    def remove_account(self, environment: str) -> None:
        """Forget an environment; what was delivered to it stays recorded."""
        with self._writer.atomic() as connection:
            connection.execute(REMOVE_ACCOUNT, (environment,))
        self.facts.forget(environment)


def _use(connection: sqlite3.Connection, environment: str) -> None:
    connection.execute(USE_NONE)
    connection.execute(USE, (environment,))


def _account(row: tuple[Any, ...]) -> AccountRecord:
    environment, api_key, upload_prefix, cname, label, in_use, owner, hue, stage = row[:9]
    login, client_id, folder_mode, media_limits = row[9:]
    return AccountRecord(
        environment=environment,
        api_key=api_key,
        upload_prefix=upload_prefix,
        cname=cname,
        label=label,
        in_use=bool(in_use),
        owner=owner,
        hue=Hue(hue) if hue in set(Hue) else Hue.NONE,
        stage=Stage(stage) if stage in set(Stage) else Stage.NONE,
        login=Login(login),
        client_id=client_id,
        folder_mode=FolderMode(folder_mode) if folder_mode else None,
        media_limits=_limits(json.loads(media_limits)) if media_limits else None,
    )


def _limits(told: Mapping[str, int | None]) -> MediaLimits:
    known = MediaLimits.__dataclass_fields__
    return MediaLimits(**{name: value for name, value in told.items() if name in known})
