"""Carries out the scripts of uploads: `eval` before a file is stored, `on_success` after.

Source: reference/cloudinary.md 3.2. A script sees the file as `resource_info` and changes what was
asked for in `upload_options`, or updates `current_asset`.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from bridge_app.sandbox.cloudinary.errors import bad_request
from bridge_app.sandbox.cloudinary.params import Params
from bridge_app.sandbox.cloudinary.script_syntax import Node, ScriptError, parse_script

MAX_STEPS = 10_000
MAX_TEXT = 100_000
LISTED = frozenset({"tags", "allowed_formats"})
FLAGS = {"true": True, "false": False, "1": True, "0": False}
PAIRED = frozenset({"context", "metadata"})

Scope = dict[str, Any]


def evaluated(params: Params, resource_info: Mapping[str, Any]) -> Params:
    """The parameters as the script in `eval` leaves them.

    Raises:
        CloudinaryError: 400, the script cannot be carried out.
    """
    options = {name: _option(params, name) for name in params.values if name != "eval"}
    before = deepcopy(options)
    scope = {"upload_options": options, "resource_info": dict(resource_info), "options": options}
    _run(params.text("eval"), scope, "eval")
    changed = {
        name: value
        for name, value in options.items()
        if name not in before or value != before[name]
    }
    gone = [name for name in before if name not in options]
    given = Params({name: _given(name, value) for name, value in changed.items()})
    return given.merged(params.without([*gone, "eval"]))


def updates(params: Params, current_asset: Mapping[str, Any]) -> Params:
    """What the script in `on_success` wants changed of the stored asset.

    Raises:
        CloudinaryError: 400, the script cannot be carried out.
    """
    wanted: dict[str, Any] = {}
    asset = {**current_asset, "update": wanted.update}
    _run(params.text("on_success"), {"current_asset": asset, "e": {}}, "on_success")
    return Params({name: _given(name, value) for name, value in wanted.items()})


def _option(params: Params, name: str) -> Any:
    """A parameter as a script sees it."""
    if name in LISTED:
        return list(params.csv(name))
    text = params.text(name)
    return FLAGS[text] if text in {"true", "false"} else text


def _given(name: str, value: Any) -> tuple[str, ...]:
    """What a script set, as a request carries it."""
    if isinstance(value, dict) and name in PAIRED:
        return ("|".join(f"{key}={_text(one)}" for key, one in value.items()),)
    if isinstance(value, list):
        return tuple(_text(one) for one in value)
    return (_text(value),)


def _run(source: str, scope: Scope, name: str) -> None:
    try:
        _Runner(scope).run(parse_script(source))
    except ScriptError as error:
        raise bad_request(f"Invalid {name}: {error}") from error


class _Runner:
    """Carries out one script. Its names are those in `scope` and those it makes itself."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._steps = 0

    def run(self, node: Node) -> Any:
        """The value of a piece of the script."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise ScriptError("the script takes too long")
        value = getattr(self, f"_{node.kind}")(*node.parts)
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise ScriptError("a text grows too long")
        return value

    def _block(self, *statements: Node) -> None:
        for statement in statements:
            self.run(statement)

    def _if(self, condition: Node, then: Node, otherwise: Node) -> None:
        self.run(then if _truth(self.run(condition)) else otherwise)

    def _choice(self, condition: Node, then: Node, otherwise: Node) -> Any:
        return self.run(then if _truth(self.run(condition)) else otherwise)

    def _value(self, value: Any) -> Any:
        return value

    def _name(self, name: str) -> Any:
        if name not in self._scope:
            raise ScriptError(f"{name} is not defined")
        return self._scope[name]

    def _array(self, *items: Node) -> list[Any]:
        return [self.run(item) for item in items]

    def _object(self, *pairs: tuple[str, Node]) -> Scope:
        return {name: self.run(value) for name, value in pairs}

    def _assign(self, target: Node, value: Node) -> Any:
        result = self.run(value)
        if target.kind == "name":
            self._scope[target.parts[0]] = result
            return result
        holder, name = self.run(target.parts[0]), self.run(target.parts[1])
        if not isinstance(holder, dict):
            raise ScriptError(f"{_text(name)} cannot be set here")
        holder[_text(name)] = result
        return result

    def _member(self, holder: Node, name: Node) -> Any:
        return _member(self.run(holder), self.run(name))

    def _call(self, function: Node, arguments: tuple[Node, ...]) -> Any:
        called = self.run(function)
        if not callable(called):
            raise ScriptError("what is called is no function")
        try:
            return called(*(self.run(one) for one in arguments))
        except (TypeError, ValueError) as error:
            raise ScriptError("a function is called with wrong values") from error

    def _unary(self, mark: str, operand: Node) -> Any:
        value = self.run(operand)
        if mark == "!":
            return not _truth(value)
        if mark == "typeof":
            return _kind(value)
        return -_number(value)

    def _binary(self, mark: str, left: Node, right: Node) -> Any:
        one = self.run(left)
        if mark == "&&":
            return self.run(right) if _truth(one) else one
        if mark == "||":
            return one if _truth(one) else self.run(right)
        return _operated(mark, one, self.run(right))


def _operated(mark: str, one: Any, two: Any) -> Any:
    """The result of an operator between two values."""
    if mark == "+" and (isinstance(one, str) or isinstance(two, str)):
        return _text(one) + _text(two)
    if mark in {"==", "===", "!=", "!=="}:
        strictly = len(mark) == len("===")
        same = one == two if strictly else _text(one) == _text(two)
        return same if mark[0] == "=" else not same
    if mark in {"/", "%"} and _number(two) == 0:
        raise ScriptError("division by zero")
    if isinstance(one, str) and isinstance(two, str) and mark in COMPARISONS:
        return COMPARISONS[mark](one, two)
    operators = COMPARISONS if mark in COMPARISONS else ARITHMETIC
    return operators[mark](_number(one), _number(two))


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}
ARITHMETIC: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
}
TEXT_METHODS: Mapping[str, Callable[..., Any]] = {
    "toLowerCase": str.lower,
    "toUpperCase": str.upper,
    "trim": str.strip,
    "includes": str.__contains__,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "indexOf": str.find,
    "split": str.split,
    "replace": lambda text, old, new: text.replace(old, new, 1),
}
LIST_METHODS: Mapping[str, Callable[..., Any]] = {
    "push": list.append,
    "includes": list.__contains__,
    "indexOf": lambda items, item: items.index(item) if item in items else -1,
    "join": lambda items, mark=",": mark.join(map(_text, items)),
    "concat": list.__add__,
}


def _member(holder: Any, name: Any) -> Any:
    """What a value holds under a name; nothing where there is nothing."""
    if isinstance(holder, dict):
        return holder.get(_text(name))
    if isinstance(holder, list) and isinstance(name, int):
        return holder[name] if 0 <= name < len(holder) else None
    if isinstance(holder, (str, list)):
        if name == "length":
            return len(holder)
        methods = TEXT_METHODS if isinstance(holder, str) else LIST_METHODS
        method = methods.get(_text(name))
        return None if method is None else lambda *given: method(holder, *given)
    if holder is None:
        raise ScriptError(f"{_text(name)} of nothing")
    return None


def _truth(value: Any) -> bool:
    return bool(value) or isinstance(value, (list, dict))


def _kind(value: Any) -> str:
    for kind, name in ((bool, "boolean"), (str, "string"), ((int, float), "number")):
        if isinstance(value, kind):
            return name
    return "undefined" if value is None else "object"


def _number(value: Any) -> float:
    try:
        return value if isinstance(value, (int, float)) else float(value or 0)
    except (TypeError, ValueError) as error:
        raise ScriptError(f"{_text(value)[:20]} is no number") from error


def _text(value: Any) -> str:
    """A value as a text, as JavaScript writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case list():
            return ",".join(map(_text, value))
        case _:
            return str(value)
