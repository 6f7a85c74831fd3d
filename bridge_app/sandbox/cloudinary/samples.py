"""What new environments of the real service come with: the folder `samples`, the picture `sample`.

Examples of the documentation and tests of the vendors' SDKs take them for granted.
"""

import io

from PIL import Image, ImageDraw, ImageOps

from bridge_app.sandbox.cloudinary.cloud import Cloud
from bridge_app.sandbox.cloudinary.made_assets import Made, store_made

FOLDER = "samples"
PICTURE = "sample"
WIDTH, HEIGHT = 864, 576
NIGHT, DAWN, SUN = "#17324d", "#f2b36b", "#fff3d6"


def place_samples(cloud: Cloud) -> None:
    """Put the samples into an environment that holds nothing; any other stays as it is."""
    environment = cloud.environment
    if environment.assets() or environment.folders():
        return
    environment.create_folders(cloud.new_folders(FOLDER))
    made = Made(
        resource_type="image",
        type="upload",
        public_id=PICTURE,
        format="jpg",
        width=WIDTH,
        height=HEIGHT,
        pages=1,
    )
    with cloud.incoming() as incoming:
        incoming.write(_picture())
        store_made(cloud, made, incoming.received(), cloud.anybody)


def _picture() -> bytes:
    """A sunrise as JPEG."""
    sky = Image.linear_gradient("L").resize((WIDTH, HEIGHT))
    image = ImageOps.colorize(sky, NIGHT, DAWN)
    ImageDraw.Draw(image).circle((WIDTH // 2, HEIGHT), HEIGHT // 4, fill=SUN)
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()
