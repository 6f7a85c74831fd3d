"""The programs in packaging/ as modules; the folder's name is that of a package of others."""

import sys
from importlib import util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"


def tool(name: str) -> ModuleType:
    """The module in `packaging/NAME.py`."""
    known = f"asset_bridge_packaging_{name}"
    if known not in sys.modules:
        spec = util.spec_from_file_location(known, PACKAGING / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[known] = util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[known])
    return sys.modules[known]
