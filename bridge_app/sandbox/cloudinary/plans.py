"""Plans: what a product environment may store and call, and how it says no.

Source: reference/cloudinary.md 3.6, 4.1 and 14. `free`'s figures and the words of its refusals are
the real service's; the others stand for paid plans.
"""

from dataclasses import dataclass

from bridge_app.sandbox.cloudinary.errors import CloudinaryError, bad_request

MIB = 1024**2
GIB = 1024**3
WHERE_TO_UPGRADE = "https://www.cloudinary.com/pricing/upgrades/file-limit"
SINGLE_REQUEST_BYTES = 100 * MIB
"""What is larger must come in chunks, on every plan but the sandbox's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Sizes in bytes, pictures in pixels, `credits` of storage, bandwidth and transformations.

    `calls_per_hour` is the Admin API's limit; None leaves it to the sandbox. `single_request` is
    the largest upload in one piece, None for any.
    """

    name: str
    image_bytes: int
    video_bytes: int
    raw_bytes: int
    image_px: int
    total_px: int
    credits: float
    calls_per_hour: int | None = None
    single_request: int | None = SINGLE_REQUEST_BYTES

    def media_limits(self) -> dict[str, int]:
        """As `usage` tells them."""
        return {
            "image_max_size_bytes": self.image_bytes,
            "video_max_size_bytes": self.video_bytes,
            "raw_max_size_bytes": self.raw_bytes,
            "image_max_px": self.image_px,
            "asset_max_total_px": self.total_px,
        }

    def check_size(self, resource_type: str, size: int) -> None:
        """Refuse a file that is too large; `auto` is refused above every limit only.

        Raises:
            CloudinaryError: 400, with both sizes.
        """
        limits = {"image": self.image_bytes, "video": self.video_bytes, "raw": self.raw_bytes}
        limit = limits.get(resource_type, max(limits.values()))
        if size > limit:
            raise bad_request(
                f"File size too large. Got {size}. Maximum is {limit}. "
                f"Upgrade your plan to enjoy higher limits {WHERE_TO_UPGRADE}"
            )

    def check_request(self, size: int) -> None:
        """Refuse what should have come in chunks.

        Raises:
            CloudinaryError: 413.
        """
        if self.single_request is not None and size > self.single_request:
            raise CloudinaryError(413, "Request entity too large")

    def check_pixels(self, width: int | None, height: int | None, pages: int | None) -> None:
        """Refuse a picture with too many pixels, in one frame or in all of them.

        Raises:
            CloudinaryError: 400, with both figures.
        """
        pixels = (width or 0) * (height or 0)
        if pixels > self.image_px:
            raise bad_request(
                f"Maximum image size is {self.image_px / 1e6:g} Megapixels. "
                f"Requested {pixels / 1e6:.2f} Megapixels"
            )
        if pixels * (pages or 1) > self.total_px:
            raise bad_request(
                f"Maximum total number of pixels in all frames/pages is "
                f"{self.total_px / 1e6:g} Megapixels. Actual {pixels * (pages or 1) / 1e6:.2f} "
                "Megapixels"
            )


SANDBOX_PLAN = Plan(
    name="Sandbox",
    image_bytes=GIB,
    video_bytes=20 * GIB,
    raw_bytes=20 * GIB,
    image_px=1_000_000_000,
    total_px=4_000_000_000,
    credits=25,
    single_request=None,
)
"""Leaves room for trying things out."""

PLANS = {
    "sandbox": SANDBOX_PLAN,
    "free": Plan(
        name="Free",
        image_bytes=10 * MIB,
        video_bytes=100 * MIB,
        raw_bytes=10 * MIB,
        image_px=25_000_000,
        total_px=50_000_000,
        credits=25,
        calls_per_hour=500,
    ),
    "plus": Plan(
        name="Plus",
        image_bytes=20 * MIB,
        video_bytes=2 * GIB,
        raw_bytes=20 * MIB,
        image_px=25_000_000,
        total_px=100_000_000,
        credits=225,
        calls_per_hour=2_000,
    ),
    "advanced": Plan(
        name="Advanced",
        image_bytes=40 * MIB,
        video_bytes=4 * GIB,
        raw_bytes=40 * MIB,
        image_px=50_000_000,
        total_px=200_000_000,
        credits=600,
        calls_per_hour=5_000,
    ),
    "enterprise": Plan(
        name="Enterprise",
        image_bytes=100 * MIB,
        video_bytes=20 * GIB,
        raw_bytes=4 * GIB,
        image_px=100_000_000,
        total_px=1_000_000_000,
        credits=5_000,
        calls_per_hour=20_000,
    ),
}
