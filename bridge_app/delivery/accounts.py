"""Product environments: what a person enters, and what the SDK needs of it."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from bridge_app.domain.errors import InvalidInputError
from bridge_app.storage.accounts import AccountRecord
from bridge_app.storage.secrets import Secret

SCHEME = "cloudinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """A product environment as entered, with its secret, before it is checked."""

    cloud_name: str
    api_key: str
    secret: Secret
    upload_prefix: str | None = None
    cname: str | None = None

    def __post_init__(self) -> None:
        for what, text in (("The cloud name", self.cloud_name), ("The API key", self.api_key)):
            if not text.strip() or any(c.isspace() or c in "/@:?" for c in text.strip()):
                raise InvalidInputError(what=what, detail="it is empty or not one word")

    @classmethod
    def from_url(cls, text: str) -> "NewAccount":
        """Read `cloudinary://KEY:SECRET@CLOUD?upload_prefix=…&cname=…`.

        Raises InvalidInputError, which never repeats the text: it holds the secret.
        """
        try:
            parts = urlsplit(text.strip())
        except ValueError:
            parts = urlsplit("")
        if parts.scheme.lower() != SCHEME or not (parts.username and parts.password):
            raise InvalidInputError(
                what="The Cloudinary URL",
                detail="it has to look like cloudinary://API_KEY:API_SECRET@CLOUD_NAME",
            )
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return cls(
            cloud_name=_host(parts.netloc),
            api_key=unquote(parts.username),
            secret=Secret(unquote(parts.password)),
            upload_prefix=options.get("upload_prefix"),
            cname=options.get("cname"),
        )

    def record(self) -> AccountRecord:
        """What may be written down of it."""
        return AccountRecord(
            environment=self.cloud_name,
            api_key=self.api_key,
            upload_prefix=self.upload_prefix,
            cname=self.cname,
            label=self.cloud_name,
        )


def _host(netloc: str) -> str:
    """The cloud name with its capitals, which `urlsplit().hostname` would lower."""
    return netloc.rpartition("@")[2].partition(":")[0]


Account = AccountRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """One environment with its secret, as the options every SDK call takes."""

    account: Account
    secret: Secret
    timeout_s: float = field(default=60.0)

    def options(self) -> dict[str, object]:
        """Options for one call of the SDK; the secret is revealed here and nowhere else."""
        found: dict[str, object] = {
            "cloud_name": self.account.environment,
            "api_key": self.account.api_key,
            "api_secret": self.secret.reveal(),
            "timeout": self.timeout_s,
        }
        if self.account.upload_prefix:
            found["upload_prefix"] = self.account.upload_prefix
        return found
