"""Which words of a log line may stay: those that are the program's own, and no others."""

import builtins
import importlib.util
import pkgutil
import re
import traceback
from collections.abc import Iterable, Iterator
from types import CodeType

import bridge_app
from bridge_app.domain.errors import BridgeError
from bridge_app.work.diagnosis.pseudonyms import Pseudonyms

FRAME = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)(?:, in (?P<name>.*))?')
INSIDE = re.compile(r"(?:^|[/\\])(?:site-packages[/\\]|python3\.\d+[/\\])?(bridge_app[/\\].*)$")
LIBRARY = re.compile(r"[/\\](?:site-packages|python3\.\d+)[/\\]([\w./\\-]+\.pyc?)$")
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"\b[a-zA-Z][\w+.-]*://[^\s\"'<>“”]+")),
    ("person", re.compile(r"[^\s\"'<>“”:;,]+@[^\s\"'<>“”:;,]+")),
    (
        "name",
        re.compile(
            "“[^”]*”|\"[^\"]*\"|'[^']*'|\u2018[^\u2019]*\u2019|«[^»]*»|\u2068[^\u2069]*\u2069"
        ),
    ),
    ("path", re.compile(r"(?:[A-Za-z]:\\|\\\\|~?/)[^\n\"'“”]*?(?=$|[\"'“”;]|:\s|,\s|\)|\s\()")),
    ("file", re.compile(r"[^\s/\\:]+\.[A-Za-z][A-Za-z0-9]{1,5}\b")),
    ("host", re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\[[0-9a-fA-F:]{3,}\]")),
    # Of a telephone, a card, a birthday, a place: short parts, and together somebody's.
    ("number", re.compile(r"(?<!\w)[0-9](?:[ .,:/()+-]{0,3}[0-9]){5,}(?!\w)")),
)
MODULE = re.compile(r"\bbridge_app(?:\.\w+)+")
TOKEN = re.compile(r"\w+", re.UNICODE)
KEPT_DIGITS = 5
PYTHONS = """
    Traceback most recent call last during handling of the above exception another occurred was
    direct cause following error invalid literal for with base object has no attribute not found is
    are argument arguments missing required positional unexpected keyword type expected got must be
    str int float bytes list dict tuple None True False and or in at to from by on off an a could
    cannot unable failed open file directory such denied permission refused connection reset broken
    pipe timed out timeout memory disk full read write only line internal already deleted database
    locked busy closed table column constraint unique thread started once index range key value
    module named import unsupported operand division zero recursion maximum depth exceeded string
    unpack too many values enough codec decode encode position byte bug
    """


class PlainWords:
    """Takes everything out of a text that could be somebody's: paths, addresses, names, words.

    A word stays only where the program itself uses it, in the sentences of its errors or as a name
    in its code; whatever is quoted, or looks like a file, a path, an address or a person, does not
    stay in any case.
    """

    def __init__(self, pseudonyms: Pseudonyms, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (kind, name): known ones, taken out even where they are plain words."""
        self._pseudonyms = pseudonyms
        self._words = frozenset(
            {*PYTHONS.split(), *dir(builtins), *_of_errors(BridgeError), *_of_code()}
        )
        known = {name: kind for kind, name in names if name}
        self._kinds = known
        longest = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest))) if longest else None

    def text(self, text: str) -> str:
        """Several lines; of a traceback the places stay, the lines of code are left out."""
        return "\n".join(self._lines(text.splitlines()))

    def _lines(self, lines: list[str]) -> Iterator[str]:
        in_code = False
        for line in lines:
            frame = FRAME.fullmatch(line)
            if frame is not None:
                in_code = True
                name = f", in {self.line(frame['name'])}" if frame["name"] else ""
                yield f'  File "{self._place(frame["file"])}", line {frame["line"]}{name}'
            elif not (in_code and line.startswith("    ")):
                in_code = False
                yield self.line(line)

    def line(self, line: str) -> str:
        """One line."""
        stand_ins: list[str] = []

        def put_aside(kind: str, value: str) -> str:
            stand_ins.append(self._pseudonyms.of(kind, value))
            return f"\0{len(stand_ins) - 1}\0"

        if self._known is not None:
            line = self._known.sub(lambda m: put_aside(self._kinds[m[0]], m[0]), line)
        line = MODULE.sub(lambda m: self._module(m[0], stand_ins), line)
        for kind, pattern in PATTERNS:
            line = pattern.sub(lambda m, kind=kind: put_aside(kind, m[0]), line)  # type: ignore[misc]
        parts = re.split("(\0\\d+\0)", line)
        return "".join(
            stand_ins[int(part.strip("\0"))] if number % 2 else TOKEN.sub(self._word, part)
            for number, part in enumerate(parts)
        )

    def _module(self, name: str, stand_ins: list[str]) -> str:
        """A module of ours or what is in it stays; it would be taken for a file."""
        if not all(part in self._words for part in name.split(".")):
            return name
        stand_ins.append(name)
        return f"\0{len(stand_ins) - 1}\0"

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        if word.isascii() and word.isdecimal():
            is_short = len(word) <= KEPT_DIGITS
            return word if is_short else self._pseudonyms.of("number", word)
        is_ours = word in self._words or word.lower() in self._words
        return word if is_ours else self._pseudonyms.of("word", word)

    def _place(self, file: str) -> str:
        inside, library = INSIDE.search(file), LIBRARY.search(file)
        if inside is not None:
            return inside[1]
        return library[1] if library is not None else self._pseudonyms.of("path", file)


def _of_errors(kind: type[BridgeError]) -> Iterator[str]:
    """The words of the sentences of all errors that are loaded, without what fills them."""
    yield from TOKEN.findall(re.sub(r"\{\w*\}", " ", getattr(kind, "text", "")).lower())
    yield kind.__name__
    for below in kind.__subclasses__():
        yield from _of_errors(below)


def _of_code() -> Iterator[str]:
    """The names in the code of the program, from its compiled form: sources need not be there."""
    for module in pkgutil.walk_packages(bridge_app.__path__, "bridge_app.", onerror=_leave):
        yield from module.name.split(".")
        try:
            spec = importlib.util.find_spec(module.name)
            get_code = getattr(spec.loader if spec is not None else None, "get_code", None)
            code = get_code(module.name) if get_code is not None else None
        except (ImportError, OSError, SyntaxError):
            continue
        if code is not None:
            yield from _named(code)
    yield from (name for name in vars(traceback) if not name.startswith("_"))


def _named(code: CodeType) -> Iterator[str]:
    yield code.co_name
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _named(one)


def _leave(_: str) -> None:
    """A part that cannot be loaded here has no words."""
