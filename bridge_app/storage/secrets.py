"""Where API secrets are kept: the system's keyring, or a file that a passphrase opens.

There is no third place. Where neither can be had, nothing is kept, and that is said.
"""

import base64
import binascii
import hmac
import json
import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol, Self, SupportsIndex, final

from bridge_app.domain.errors import (
    QT_TRANSLATE_NOOP,
    NewerDatabaseError,
    NoKeyringError,
    StorageTroubleError,
    WrongPassphraseError,
)
from bridge_app.storage.database import storage_errors
from bridge_app.storage.locks import locked
from bridge_app.storage.redaction import remember

# The keyring's and the cipher's modules are loaded where they are used: a start needs one of them.
# ruff: noqa: PLC0415
if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Asset Bridge"
"""The name people see in their keyring."""

FILE_NAME = "secrets.sealed"
VERSION = "asset-bridge-secrets/1"
"""Bound to the sealed text, so that another format's key store is never taken for ours."""

SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SCRYPT_N, SCRYPT_R, SCRYPT_P = 1 << 15, 8, 1
"""32 MiB and about 0.1 s for each guess."""

UNTRUSTED_BACKENDS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.")
"""Those that keep nothing, and those that keep files and ask on the terminal (keyrings.alt,
keyrings.cryptfile), which choose themselves by merely being installed."""


class KeyringLockedError(NoKeyringError):
    """There is a keyring service, and it stays shut."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The keyring is locked. Unlock it and try again; the secret was kept nowhere else.",
    )


class SealedError(NoKeyringError):
    """There is an encrypted file, and nobody has said its passphrase yet."""

    text = QT_TRANSLATE_NOOP(
        "errors",
        "The key store is closed. Open it with its passphrase, under the accounts of Cloudinary "
        "(or set ASSET_BRIDGE_PASSPHRASE).",
    )


@final
class Secret:
    """A text that shows itself to nobody who does not ask by `reveal()`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value
        remember(value)

    def reveal(self) -> str:
        """The text itself. To stand only in the line that signs, sends or seals it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __str__(self) -> str:
        return "Secret(…)"

    def __format__(self, format_spec: str) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_encoded(self._value), _encoded(other._value))

    def __hash__(self) -> int:
        return hash(self._value)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


class SecretStore(Protocol):
    """Keeps secrets by name. Methods block and may ask the person: never in the GUI thread.

    Raises NoKeyringError, WrongPassphraseError, StorageTroubleError, DiskFullError; what was
    kept before is kept then.
    """

    def get(self, name: str) -> Secret | None:
        """The secret of that name, None if there is none."""

    def put(self, name: str, secret: Secret) -> None:
        """Keep a secret, in the place of an earlier one of that name."""

    def remove(self, name: str) -> None:
        """Forget a secret; one that is not there is forgotten already."""

    def describe(self) -> str:
        """Where this is, in words."""


class KeyringStore:
    """The system's keyring: Secret Service, KWallet, Keychain, Windows' credentials."""

    def __init__(self, backend: "KeyringBackend") -> None:
        self._backend = backend

    def get(self, name: str) -> Secret | None:
        """See the port."""
        with _keyring_trouble():
            value = self._backend.get_password(SERVICE, name)
        return None if value is None else Secret(value)

    def put(self, name: str, secret: Secret) -> None:
        """See the port."""
        with _keyring_trouble():
            self._backend.set_password(SERVICE, name, secret.reveal())

    def remove(self, name: str) -> None:
        """See the port."""
        with _keyring_trouble():
            if self._backend.get_password(SERVICE, name) is not None:
                self._backend.delete_password(SERVICE, name)

    def describe(self) -> str:
        """See the port."""
        return f"the system's keyring ({self._backend.name})"


class MemoryStore:
    """Until the program ends: for the demo, whose key opens nothing."""

    def __init__(self) -> None:
        self._secrets: dict[str, Secret] = {}

    def get(self, name: str) -> Secret | None:
        """See the port."""
        return self._secrets.get(name)

    def put(self, name: str, secret: Secret) -> None:
        """See the port."""
        self._secrets[name] = secret

    def remove(self, name: str) -> None:
        """See the port."""
        self._secrets.pop(name, None)

    def describe(self) -> str:
        """See the port."""
        return "memory, until the program ends"


class EncryptedFileStore:
    """One file that a passphrase opens; names are sealed as well as secrets.

    AES-256-GCM under a key that scrypt makes of the passphrase; the key is kept until the
    program ends. Each change replaces the whole file at once, so that at any instant the disk
    holds the old one or the new one. Safe between threads and between processes.
    """

    def __init__(self, path: Path, passphrase: Secret) -> None:
        """Open the store. Raises WrongPassphraseError if there is one that does not open."""
        self._path = path
        self._passphrase = passphrase
        self._lock = threading.Lock()
        self._keys: dict[bytes, bytes] = {}
        with self._lock, storage_errors(path):
            self._read()

    def get(self, name: str) -> Secret | None:
        """See the port."""
        with self._lock, storage_errors(self._path):
            _, values = self._read()
        return Secret(values[name]) if name in values else None

    def put(self, name: str, secret: Secret) -> None:
        """See the port. On the disk when this returns."""
        with self._changing() as values:
            values[name] = secret.reveal()

    def remove(self, name: str) -> None:
        """See the port."""
        with self._changing() as values:
            values.pop(name, None)

    def describe(self) -> str:
        """See the port."""
        return f"the encrypted file {self._path}"

    @contextmanager
    def _changing(self) -> Iterator[dict[str, str]]:
        """What is kept, to be changed; written back unless something goes wrong."""
        with self._lock, storage_errors(self._path):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self._path.with_name(f"{self._path.name}.lock")):
                salt, before = self._read()
                after = dict(before)
                yield after
                if after != before:
                    _replace(self._path, self._sealed(salt, after))

    def _read(self) -> tuple[bytes, dict[str, str]]:
        """The salt and what is kept; a new salt and nothing if there is no file."""
        try:
            text = self._path.read_bytes()
        except FileNotFoundError:
            return os.urandom(SALT_BYTES), {}
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce, sealed = self._parts(text)
        try:
            opened = AESGCM(self._key(salt)).decrypt(nonce, sealed, VERSION.encode())
        except InvalidTag as error:
            raise WrongPassphraseError from error
        values: dict[str, str] = json.loads(opened)
        return salt, values

    def _parts(self, text: bytes) -> tuple[bytes, bytes, bytes]:
        """Salt, nonce and sealed text of a file, which may be anything."""
        try:
            fields = json.loads(text)
            version = fields["version"]
            parts = [
                base64.b64decode(fields[name], validate=True)
                for name in ("salt", "nonce", "sealed")
            ]
        except (ValueError, KeyError, TypeError, binascii.Error) as error:
            raise StorageTroubleError(
                path=self._path, detail=QT_TRANSLATE_NOOP("facts", "it is damaged")
            ) from error
        if version != VERSION:
            raise NewerDatabaseError(path=self._path)
        salt, nonce, sealed = parts
        if len(salt) != SALT_BYTES or len(nonce) != NONCE_BYTES:
            raise StorageTroubleError(
                path=self._path, detail=QT_TRANSLATE_NOOP("facts", "it is damaged")
            )
        return salt, nonce, sealed

    def _sealed(self, salt: bytes, values: dict[str, str]) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        text = json.dumps(values).encode()
        sealed = AESGCM(self._key(salt)).encrypt(nonce, text, VERSION.encode())
        fields = {"salt": salt, "nonce": nonce, "sealed": sealed}
        encoded = {name: base64.b64encode(part).decode() for name, part in fields.items()}
        return json.dumps({"version": VERSION, **encoded}, indent=1).encode()

    def _key(self, salt: bytes) -> bytes:
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

        if salt not in self._keys:
            typed = unicodedata.normalize("NFC", self._passphrase.reveal())
            kdf = Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
            self._keys = {salt: kdf.derive(_encoded(typed))}
        return self._keys[salt]


def choose_store(
    *, profile: Path, passphrase: Secret | None, keyring_backend: "KeyringBackend | None" = None
) -> SecretStore:
    """Where the secrets of a profile are kept.

    An encrypted file that exists and has its passphrase goes first, since secrets are in it
    already; then the keyring (the system's, or the one given); then a new encrypted file.

    Raises NoKeyringError where there is neither a keyring nor a passphrase (SealedError if a file
    waits for it), and WrongPassphraseError, rather than keep a secret in plain text.
    """
    path = profile / FILE_NAME
    if passphrase is not None and path.exists():
        return EncryptedFileStore(path, passphrase)
    backend = _usable(keyring_backend)
    if backend is not None and (passphrase is None or _answers(backend)):
        return KeyringStore(backend)
    if passphrase is None or not passphrase.reveal():
        raise SealedError if path.exists() else NoKeyringError
    return EncryptedFileStore(path, passphrase)


def _usable(given: "KeyringBackend | None") -> "KeyringBackend | None":
    """The backend given or the system's; of a chain, the best one that keeps secrets secret."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    try:
        with _keyring_trouble():
            backend = given or keyring.get_keyring()
            chained = backend.backends if isinstance(backend, ChainerBackend) else [backend]
            return next((one for one in chained if _is_trusted(one)), None)
    except NoKeyringError:
        return None


def _is_trusted(backend: "KeyringBackend") -> bool:
    """Of priority 1 and above, as the keyrings of systems are; raises if its service is away."""
    return not type(backend).__module__.startswith(UNTRUSTED_BACKENDS) and backend.priority >= 1


def _answers(backend: "KeyringBackend") -> bool:
    """Does the keyring open? Asked only where a passphrase offers another way."""
    try:
        KeyringStore(backend).get(SERVICE)
    except NoKeyringError:
        return False
    return True


@contextmanager
def _keyring_trouble() -> Iterator[None]:
    """The one place where a backend's exceptions become ours; they may be of any class.

    The cause is cut off: it comes from code that had the secret in its hands.
    """
    from keyring.errors import InitError, KeyringLocked

    try:
        yield
    except (InitError, KeyringLocked) as error:
        raise KeyringLockedError(detail=type(error).__name__) from None
    except Exception as error:  # noqa: BLE001 - what a backend raises is documented nowhere
        raise NoKeyringError(detail=type(error).__name__) from None


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole, for its owner alone, and be sure that it is on the disk."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _encoded(text: str) -> bytes:
    """Also of the lone surrogates that an environment variable may hold."""
    return text.encode("utf-8", "surrogatepass")
