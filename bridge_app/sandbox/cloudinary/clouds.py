"""All product environments behind the host: those of the start, and those made since."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.errors import unauthorized
from bridge_app.sandbox.cloudinary.limits import RateLimit
from bridge_app.sandbox.cloudinary.permissions import Action

Make = Callable[[str], Cloud]
"""Opens the product environment of a cloud name, empty if there was none. May raise OSError."""


class Clouds(Mapping[str, Cloud]):
    """Cloud name -> product environment. Used on the event loop.

    Args:
        given: Those of the start.
        make: Opens another one.
        remove: Closes one and deletes all it holds.
        calls_per_hour: How many Admin calls each may make.
    """

    def __init__(
        self,
        given: Mapping[str, Cloud],
        *,
        make: Make,
        remove: Callable[[str], None],
        calls_per_hour: int,
    ) -> None:
        self._clouds = dict(given)
        self._make = make
        self._remove = remove
        self._calls_per_hour = calls_per_hour
        self._limits: dict[str, RateLimit] = {}
        self._disabled: set[str] = set()
        self._acting: dict[tuple[str, Action | None], Cloud] = {}

    def open(self, name: str) -> Cloud:
        """The cloud with this name, made if there is none."""
        if name not in self._clouds:
            self._clouds[name] = self._make(name)
        return self._clouds[name]

    def delete(self, name: str) -> None:
        """Remove a cloud with everything in it."""
        del self._clouds[name]
        self._limits.pop(name, None)
        self._disabled.discard(name)
        for key in [key for key in self._acting if key[0] == name]:
            del self._acting[key]
        self._remove(name)

    def enable(self, name: str, *, enabled: bool) -> None:
        """Let a cloud be used, or not."""
        (self._disabled.discard if enabled else self._disabled.add)(name)

    def serving(self, name: str) -> Cloud:
        """The cloud a request names.

        Raises:
            CloudinaryError: 401, there is none, or it may not be used.
        """
        if name not in self._clouds:
            raise unauthorized(f"Invalid cloud_name {name}")
        if name in self._disabled:
            raise unauthorized("cloud_name is disabled")
        return self._clouds[name]

    def acting(self, name: str, action: Action | None) -> Cloud:
        """The same, with keys that look after a call of this kind; one object for all of them.

        Raises:
            CloudinaryError: 401, there is none, or it may not be used.
        """
        cloud = self.serving(name)
        key = (name, action)
        if key not in self._acting:
            self._acting[key] = replace(cloud, keys=cloud.keys.for_call(action))
        return self._acting[key]

    def knows(self, api_key: str) -> bool:
        """Does any cloud have this key, if one was said at all?"""
        return not api_key or any(api_key in cloud.keys for cloud in self._clouds.values())

    def limit(self, name: str) -> RateLimit:
        """What counts the calls of a cloud that is there.

        Raises:
            CloudinaryError: 401, there is none.
        """
        if name not in self._clouds:
            raise unauthorized(f"Invalid cloud_name {name}")
        if name not in self._limits:
            self._limits[name] = RateLimit(self._calls_per_hour, self._clouds[name].now)
        return self._limits[name]

    def usable(self) -> list[str]:
        """The names of those that may be used."""
        return [name for name in self._clouds if name not in self._disabled]

    def __getitem__(self, name: str) -> Cloud:
        return self._clouds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._clouds)

    def __len__(self) -> int:
        return len(self._clouds)
