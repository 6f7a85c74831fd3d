"""A rendition that is to be shown somewhere: its address, narrower, denser, in other formats."""

from dataclasses import dataclass, field, replace

from bridge_app.transform.delivery_address import DeliveryUrl
from bridge_app.transform.delivery_host import DeliveryHost
from bridge_app.transform.delivery_url import DeliveryPath
from bridge_app.transform.model import Transformation
from bridge_app.transform.parse import parse

SHARES = (1.0, 0.75, 0.5, 0.25)
"""Widths of `srcset` where none were chosen, as shares of the rendition's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs addresses of what is private or authenticated; the secret never shows."""

    secret: str = field(repr=False)

    def __call__(self, url: DeliveryUrl) -> DeliveryUrl:
        """The same address with its signature."""
        return url.signed(self.secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A rendition to be shown.

    `width` and `height` are its pixels (0: not known); `widths` those that `srcset` offers, none:
    even shares; `sizes` is the attribute of that name, "" for the whole width of the window at
    most. `signer` is needed for what is private or authenticated.

    `suffix` is a few words for people and search engines at the end of its addresses, which only
    uploaded images can have. Unless it `is_lazy` it is fetched with the page; `placeholder` is the
    transformation behind its own that is seen until it is there, "" for none.
    """

    host: DeliveryHost
    path: DeliveryPath
    alt: str = ""
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()
    sizes: str = ""
    signer: Signer | None = None
    suffix: str = ""
    is_lazy: bool = True
    placeholder: str = ""

    @property
    def is_film(self) -> bool:
        """Is it delivered as a video?"""
        return self.path.resource_type == "video"

    def url(
        self,
        *,
        width: int | None = None,
        form: str | None = None,
        transformation: str | None = None,
    ) -> str:
        """The address; of a narrower file, in another format, or through something else."""
        path = self.path
        if transformation is not None:
            path = replace(path, transformation=parse(transformation))
        if form is not None:
            path = replace(path, transformation=without_format(path.transformation), extension=form)
        if width is not None:
            chain = "/".join(filter(None, (str(path.transformation), f"c_scale,w_{width}")))
            path = replace(path, transformation=parse(chain))
        url = DeliveryUrl(host=self.host, path=path, suffix=self.suffix)
        return str(self.signer(url) if self.signer else url)

    @property
    def placeholder_url(self) -> str:
        """The address of what is seen until it is there; "" without."""
        if not self.placeholder:
            return ""
        bare = without_format(self.path.transformation)
        return self.url(transformation="/".join(filter(None, (str(bare), self.placeholder))))

    @property
    def offered(self) -> tuple[int, ...]:
        """The widths of `srcset`, the narrowest first."""
        if self.widths:
            return tuple(sorted(set(self.widths)))
        return tuple(sorted({max(1, round(self.width * share)) for share in SHARES if self.width}))


def with_density(transformation: Transformation, density: str) -> str | None:
    """The same picture with more pixels; None where nothing says how large it is.

    The factor stands in the last component that sizes, in alphabetical order as the SDKs write.
    """
    components = list(transformation.components)
    for place in range(len(components) - 1, -1, -1):
        component = components[place]
        if component.has("dpr"):
            return None
        if component.has("w") or component.has("h"):
            texts = [str(one) for one in component.parameters]
            after = [n for n, text in enumerate(texts) if text > "dpr_" and text[0] != "$"]
            texts.insert(after[0] if after else len(texts), f"dpr_{density}")
            parts = [str(one) for one in components]
            return "/".join([*parts[:place], ",".join(texts), *parts[place + 1 :]])
    return None


def without_format(transformation: Transformation) -> Transformation:
    """The same without any `f_`, so that the extension decides."""
    kept = (
        ",".join(str(one) for one in component.parameters if one.key != "f")
        for component in transformation.components
    )
    return parse("/".join(filter(None, kept)))
