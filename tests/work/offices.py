"""Who may call the sandbox of the tests about environments."""

from collections.abc import Callable

from bridge_app.delivery.accounts import NewAccount
from bridge_app.sandbox.accounts import SandboxAccount

OWNER = SandboxAccount(cloud_name="web", api_key="1234567", api_secret="owners-secret")
READER = SandboxAccount(
    cloud_name="web", api_key="7654321", api_secret="readers-secret", allow=("read",)
)
ARCHIVE = SandboxAccount(cloud_name="archive", api_key="2345678", api_secret="archive-secret")
New = Callable[[SandboxAccount], NewAccount]
