"""The sample stack: an article type with a field of each sort that pictures go into.

Its Cloudinary field holds objects of several shapes, as fields do after years: with all keys of
the media library, with chosen ones, and of another configuration.
"""

from bridge_app.sandbox.contentstack.stack import MASTER, Row, Stack

ARTICLE: Row = {
    "uid": "article",
    "title": "Article",
    "schema": [
        {"uid": "title", "data_type": "text", "display_name": "Title", "unique": True},
        {
            "uid": "hero_image",
            "data_type": "json",
            "display_name": "Hero image",
            "extension_uid": "blt0c10d1na7y",
            "field_metadata": {"extension": True},
            "config": {"max_limit": 5},
        },
        {"uid": "image_url", "data_type": "text", "display_name": "Image address"},
        {"uid": "image_link", "data_type": "link", "display_name": "Image"},
        {"uid": "attachment", "data_type": "file", "display_name": "Attachment"},
        {"uid": "gallery", "data_type": "file", "display_name": "Gallery", "multiple": True},
        {
            "uid": "teaser",
            "data_type": "reference",
            "display_name": "Teaser",
            "reference_to": ["picture"],
        },
        {
            "uid": "body",
            "data_type": "json",
            "display_name": "Body",
            "field_metadata": {"allow_json_rte": True},
        },
    ],
}
PICTURE: Row = {
    "uid": "picture",
    "title": "Picture",
    "schema": [
        {"uid": "title", "data_type": "text", "display_name": "Title", "unique": True},
        {"uid": "address", "data_type": "text", "display_name": "Address"},
    ],
}
HOST = "https://res.cloudinary.com/demo-brand/image/upload"
WHOLE: Row = {
    "id": "Y2xvdWQtaWQ",
    "public_id": "sp27/banner_0142",
    "resource_type": "image",
    "type": "upload",
    "format": "tif",
    "version": 1795204800,
    "secure_url": f"{HOST}/v1795204800/sp27/banner_0142.tif",
    "width": 8256,
    "height": 5504,
    "bytes": 148233012,
    "tags": ["campaign:sp27"],
    "access_control": [],
    "derived": [
        {"secure_url": f"{HOST}/c_fill,w_1600,h_900/f_auto,q_auto/v1795204800/sp27/banner_0142"}
    ],
    "cs_metadata": {"config_label": "main"},
}
CHOSEN: Row = {
    "id": "b2xk",
    "public_id": "sp26/portrait",
    "access_control": [],
    "secure_url": f"{HOST}/v1700000000/sp26/portrait.jpg",
}
ELSEWHERE: Row = {
    "public_id": "sp27/banner_0142",
    "secure_url": "https://res.cloudinary.com/other/image/upload/v1/sp27/banner_0142.jpg",
    "cs_metadata": {"config_label": "other"},
}


def fill(stack: Stack) -> None:
    """An article type on both branches, and on the main one two articles."""
    for branch in stack.branches.values():
        branch.content_types["article"] = ARTICLE
        branch.content_types["picture"] = PICTURE
    main = stack.branches["main"]
    pictures = [WHOLE, CHOSEN, ELSEWHERE]
    stack.add_entry(main, "article", {"title": "Spring", "hero_image": pictures}, MASTER)
    stack.add_entry(main, "article", {"title": "Summer", "hero_image": []}, MASTER)
