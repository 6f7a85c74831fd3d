"""Bodies in parts, cut anywhere on their way."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge_app.sandbox.cloudinary.multipart import BrokenMultipartError, MultipartSplitter

BOUNDARY = b"edge"
DELIMITER = b"\r\n--edge"


class Gathered:
    """Every part: its header lines and its content."""

    def __init__(self) -> None:
        self.parts: list[tuple[bytes, bytes]] = []
        self.whole = 0

    def begin(self, headers: bytes) -> None:
        self.parts.append((headers, b""))

    def data(self, data: bytes | memoryview) -> None:
        headers, before = self.parts[-1]
        self.parts[-1] = (headers, before + data)

    def end(self) -> None:
        self.whole += 1


def split(body: bytes, cuts: list[int]) -> Gathered:
    """The parts of a body that comes in pieces."""
    gathered = Gathered()
    splitter = MultipartSplitter(BOUNDARY, gathered)
    places = sorted({0, len(body), *(cut % (len(body) + 1) for cut in cuts)})
    for start, end in itertools.pairwise(places):
        splitter.write(body[start:end])
    splitter.finish()
    return gathered


contents = st.lists(
    st.binary(max_size=40).filter(lambda data: DELIMITER not in b"\r\n" + data + b"\r\n"),
    min_size=1,
    max_size=4,
)


@given(contents=contents, cuts=st.lists(st.integers(min_value=0, max_value=500), max_size=12))
def test_parts_are_the_same_wherever_the_body_is_cut(
    contents: list[bytes], cuts: list[int]
) -> None:
    header = b'Content-Disposition: form-data; name="x"'
    parts = b"".join(b"--edge\r\n" + header + b"\r\n\r\n" + one + b"\r\n" for one in contents)
    gathered = split(b"preamble\r\n" + parts + b"--edge--\r\nepilogue", cuts)
    assert gathered.parts == [(b"\r\n" + header, content) for content in contents]
    assert gathered.whole == len(contents)


def test_what_stands_before_the_first_boundary_never_is_one() -> None:
    body = b"x--edge\r\nA: b\r\n\r\nno\r\n--edge\r\nA: b\r\n\r\nyes\r\n--edge--"
    assert split(body, list(range(len(body)))).parts == [(b"\r\nA: b", b"yes")]


def test_content_that_almost_looks_like_a_boundary_stays_content() -> None:
    content = b"\r\n--edg\r\n-edge\r\n--edge"[:-1]
    body = b"--edge\r\nA: b\r\n\r\n" + content + b"\r\n--edge--"
    assert split(body, list(range(len(body)))).parts == [(b"\r\nA: b", content)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--other\r\n",
        b"--edge\r\nA: b",
        b"--edge\r\nA: b\r\n\r\ndata without an end",
        b"--edge!\r\nA: b\r\n\r\n\r\n--edge--",
        b"--edge\r\n" + bytes(100_000),
    ],
)
def test_what_is_no_multipart_body_is_refused(body: bytes) -> None:
    with pytest.raises(BrokenMultipartError):
        split(body, [])
