"""Takes every condition of the gate away, one at a time, and looks whether some test notices.

Run it with `make soak`, or by hand: `python packaging/mutate_gate.py`. Needs a system with fork.
"""

import ast
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
MODULES = {
    "bridge_app.domain.gate": None,
    "bridge_app.domain.policies": None,
    "bridge_app.domain.approvals": frozenset({"overall", "missing", "settled"}),
    "bridge_app.domain.overrides": frozenset({"holds", "newest_of", "__post_init__"}),
    "bridge_app.domain.required_fields": None,
    "bridge_app.domain.rendition_retractions": None,
    "bridge_app.domain.unmastered": None,
    "bridge_app.domain.layers_held_back": None,
    "bridge_app.work.contents": None,
}
"""What is looked at, and which of its functions (None: all of them)."""
TESTS = (
    *("domain/test_gate.py", "domain/test_gate_reviews.py", "domain/test_policies.py"),
    *("domain/test_required_fields.py", "domain/test_rendition_retractions.py"),
    *("domain/test_layers_held_back.py", "work/test_contents.py"),
)
OPTIONS = (
    *("-x", "-q", "--no-header", "--noconftest", "-p", "no:cacheprovider", "-p", "no:randomly"),
    *("--hypothesis-seed=0", "-o", "addopts=--import-mode=importlib"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
EXAMPLES = 60
LONGEST_S = 300
"""A mutant that never ends is noticed by that."""
KILLED, SURVIVED = 0, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One module with one condition less."""

    module: str
    line: int
    what: str
    source: str


class Replacing(MetaPathFinder, Loader):
    """Gives one module other source than its file's."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Only the one module is found here."""
        del path, target
        return spec_from_loader(fullname, self) if fullname == self._mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source as the module."""
        code = compile(self._mutant.source, f"<mutant of {self._mutant.module}>", "exec")
        exec(code, module.__dict__)  # noqa: S102 - that is what loading a module is


def mutants() -> Iterator[Mutant]:
    """Every condition of every module taken away once, in every way there is."""
    for module, functions in MODULES.items():
        text = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        places = [
            (number, way)
            for number, node in enumerate(_looked_at(ast.parse(text), functions))
            for way in range(_ways(node))
        ]
        for number, way in places:
            tree = ast.parse(text)
            node = list(_looked_at(tree, functions))[number]
            line, before = getattr(node, "lineno", 0), _first_line(node)
            what = _change(node, way)
            source = ast.unparse(ast.fix_missing_locations(tree))
            yield Mutant(module=module, line=line, what=f"{before}: {what}", source=source)


def _looked_at(tree: ast.Module, functions: frozenset[str] | None) -> Iterator[ast.AST]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        if functions is None or function.name in functions:
            yield from (node for node in ast.walk(function) if _ways(node))


def _ways(node: ast.AST) -> int:
    """In how many ways a condition can be taken away here."""
    match node:
        case ast.If() | ast.IfExp():
            return 2
        case ast.BoolOp():
            return len(node.values)
        case ast.comprehension():
            return len(node.ifs)
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return 1
        case (
            ast.Expr(value=ast.Yield() | ast.YieldFrom())
            | ast.Expr(value=ast.Call(func=ast.Attribute(attr="append" | "extend")))
        ):
            return 1
    return 0


def _change(node: ast.AST, way: int) -> str:
    """Take a condition away; what was done, in a word."""
    match node:
        case ast.If() | ast.IfExp():
            node.test = ast.Constant(value=way == 0)
            return f"always {way == 0}"
        case ast.BoolOp():
            gone = node.values.pop(way)
            return f"without {ast.unparse(gone)}"
        case ast.Compare():
            node.ops[0] = _opposite(node.ops[0])
            return "turned round"
        case ast.UnaryOp():
            node.op = ast.UAdd()
            node.operand = ast.Call(
                func=ast.Name(id="bool", ctx=ast.Load()), args=[node.operand], keywords=[]
            )
            return "without not"
        case ast.comprehension():
            gone = node.ifs.pop(way)
            return f"without {ast.unparse(gone)}"
        case ast.Expr():
            node.value = ast.Tuple(elts=[], ctx=ast.Load())
            return "left out"
    raise AssertionError(ast.dump(node))


def _opposite(op: ast.cmpop) -> ast.cmpop:
    pairs: dict[type[ast.cmpop], type[ast.cmpop]] = {
        ast.Is: ast.IsNot,
        ast.Eq: ast.NotEq,
        ast.In: ast.NotIn,
        ast.Lt: ast.GtE,
        ast.Gt: ast.LtE,
    }
    both = {**pairs, **{after: before for before, after in pairs.items()}}
    return both[type(op)]()


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0].strip()[:70]


def is_noticed(mutant: Mutant | None) -> bool:
    """Does some test fail with this mutant (None: as it is)?

    In a child process, so that nothing of it stays.
    """
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_S)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(KILLED if _fails(mutant) else SURVIVED)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != SURVIVED


def _fails(mutant: Mutant | None) -> bool:
    import pytest  # noqa: PLC0415 - see `main`
    from hypothesis import settings  # noqa: PLC0415 - as above

    settings.register_profile("mutants", deadline=None, database=None, max_examples=EXAMPLES)
    settings.load_profile("mutants")
    if mutant is not None:
        sys.meta_path.insert(0, Replacing(mutant))
    tests = [str(ROOT / "tests" / name) for name in TESTS]
    return pytest.main([*tests, *OPTIONS]) != 0


def main() -> int:
    """Print the score, and what was not noticed at once; 0 if everything was noticed."""
    # Loaded once, before the children are made; our own package is loaded by each child anew.
    import hypothesis.strategies  # noqa: F401, PLC0415
    import pytest  # noqa: F401, PLC0415

    if is_noticed(None):
        sys.stdout.write("the tests of the gate fail as it is\n")
        return 2
    every = list(mutants())
    left = 0
    for one in every:
        if not is_noticed(one):
            left += 1
            sys.stdout.write(f"not noticed: {one.module}:{one.line} {one.what}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(every) - left} of {len(every)} removed conditions were noticed\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
