"""What `library connect`, `connect-other`, `sign-out`, `keep` and `let-go` understand."""

import argparse

from bridge_app.cli.commands import Adds, Subparsers


def add_library_shelter(inner: "Subparsers[argparse.ArgumentParser]", add: Adds) -> None:
    """Add what is done with PhotoShelter-style libraries."""
    text = "sign in to a PhotoShelter-style service, and read its library"
    connect = add(inner, "connect", "shelter:connect", text)
    connect.add_argument("address", metavar="ADDRESS")
    connect.add_argument("--email", required=True, metavar="EMAIL")
    connect.add_argument("--organization", metavar="NAME", help="where there are several")
    connect.add_argument("--code", metavar="DIGITS", help="of the second factor")
    connect.add_argument("--name", metavar="NAME", help="what the library is called here")
    text = "sign in to a library of a kind that another package brings; or list those kinds"
    other = add(inner, "connect-other", "third_party:connect", text, json=True)
    other.add_argument("kind", nargs="?", metavar="KIND")
    other.add_argument("--name", metavar="NAME", help="what the library is called here")
    text = "end the session there, and forget key and password; the library stays"
    sign_out = add(inner, "sign-out", "shelter:sign_out", text)
    sign_out.add_argument("name", metavar="LIBRARY")
    text = "fetch a folder's pictures ahead, from now on"
    keep = add(inner, "keep", "shelter:keep", text, json=True)
    keep.add_argument("name", metavar="LIBRARY")
    keep.add_argument("folder", metavar="PATH")
    keep.add_argument("--originals", action="store_true", help="the masters' files too")
    keep.add_argument("--dry-run", action="store_true", help="only say how much that is")
    let_go = add(inner, "let-go", "shelter:let_go", "keep a folder no longer")
    let_go.add_argument("name", metavar="LIBRARY")
    let_go.add_argument("folder", metavar="PATH")
