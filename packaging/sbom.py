"""Writes down what the application consists of, as a CycloneDX 1.6 document.

    python packaging/sbom.py OUT [PYTHON_ENVIRONMENT]

It starts from the project's dependencies and follows what they require, in the environment that it
runs in; versions and hashes are those of requirements.lock. What wheels say of the libraries inside
them (PEP 770) is told beneath each. The document is the same each time: its time is
SOURCE_DATE_EPOCH, and its number is made of its content.
"""

import json
import os
import platform
import re
import sqlite3
import ssl
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
NAME = "asset-bridge"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
Json = dict[str, Any]


def document(epoch: int) -> Json:
    """The whole document."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    source = (ROOT / "bridge_app" / "__init__.py").read_text("utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    found = closure(project["dependencies"])
    hashes = locked()
    components = [component(name, found[name][0], hashes) for name in sorted(found)]
    components += interpreter()
    own = f"pkg:pypi/{NAME}@{version}"
    wanted = sorted({canonicalize_name(Requirement(one).name) for one in project["dependencies"]})
    graph = {own: [reference(found[one][0]) for one in wanted if one in found]}
    for name in sorted(found):
        one, requires = found[name]
        graph[reference(one)] = [reference(found[each][0]) for each in sorted(requires)]
    made: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(),
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": NAME,
                "version": version,
                "purl": own,
                "licenses": [{"license": {"id": str(project["license"])}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": ref, "dependsOn": needs} for ref, needs in graph.items()],
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True))
    return {**made, "serialNumber": f"urn:uuid:{number}"}


def closure(dependencies: list[str]) -> dict[str, tuple[Distribution, set[str]]]:
    """Name -> package and what it requires here, of all that the project leads to."""
    found: dict[str, tuple[Distribution, set[str]]] = {}
    waiting = [Requirement(one) for one in dependencies]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in seen or not _applies(wanted, set()):
            continue
        seen.add((name, frozenset(wanted.extras)))
        try:
            one = distribution(name)
        except PackageNotFoundError:
            continue
        requires = found.setdefault(name, (one, set()))[1]
        for line in one.requires or ():
            needed = Requirement(line)
            if _applies(needed, wanted.extras):
                needed.marker = None  # it holds: that was asked with the extras that want it
                requires.add(canonicalize_name(needed.name))
                waiting.append(needed)
    for _, requires in found.values():
        requires.intersection_update(found)
    return found


def _applies(wanted: Requirement, extras: set[str]) -> bool:
    """Does its marker hold here, for one of these extras or without any?"""
    if wanted.marker is None:
        return True
    return any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras))


def component(name: str, one: Distribution, hashes: Mapping[str, tuple[str, ...]]) -> Json:
    """A Python package, with the libraries that its wheel says are inside."""
    made: Json = {
        "type": "library",
        "bom-ref": reference(one),
        "name": name,
        "version": one.version,
        "purl": reference(one),
        "licenses": list(licences(one)),
        "properties": [
            {"name": "asset-bridge:locked-sha256", "value": value} for value in hashes.get(name, ())
        ],
    }
    inside = list(bundled(one))
    if inside:
        made["components"] = inside
    return {key: value for key, value in made.items() if value}


def interpreter() -> list[Json]:
    """Python and what it is linked to, which a bundle brings along."""
    versions = {
        "cpython": (platform.python_version(), "PSF-2.0"),
        "openssl": (ssl.OPENSSL_VERSION.split()[1], "Apache-2.0"),
        "sqlite": (sqlite3.sqlite_version, "blessing"),
    }
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:generic/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:generic/{name}@{version}",
            "licenses": [{"license": {"id": licence}}],
        }
        for name, (version, licence) in versions.items()
    ]


def licences(one: Distribution) -> Iterator[Json]:
    """As its makers say it: an expression, or else a text."""
    said = one.metadata.json
    expression = said.get("license_expression")
    if expression:
        yield {"expression": expression}
        return
    text = str(said.get("license", "")).strip()
    marks = [
        line.rpartition(" :: ")[2]
        for line in said.get("classifier", ())
        if line.startswith("License ::")
    ]
    told = text if text and len(text) < 80 and "\n" not in text else ", ".join(marks)
    if told:
        yield {"license": {"name": told}}


def bundled(one: Distribution) -> Iterator[Json]:
    """What the wheel's own documents say of the libraries in it."""
    told: set[tuple[str, str]] = set()
    for file in one.files or ():
        if ".dist-info/sboms/" not in file.as_posix() or file.suffix != ".json":
            continue
        for inner in json.loads(file.read_text("utf-8")).get("components", ()):
            name, version = str(inner.get("name", "")), str(inner.get("version", ""))
            if not name or (name, version) in told or canonicalize_name(name) == one.name:
                continue
            told.add((name, version))
            facts = {"type": "library", "name": name, "version": version, "purl": inner.get("purl")}
            yield {key: value for key, value in facts.items() if value}


def reference(one: Distribution) -> str:
    """The package's address among packages."""
    return f"pkg:pypi/{canonicalize_name(one.name)}@{one.version}"


def locked() -> dict[str, tuple[str, ...]]:
    """Name -> the hashes that its files may have."""
    found: dict[str, tuple[str, ...]] = {}
    for part in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "requirements.lock").read_text("utf-8")):
        pinned = PINNED.match(part)
        if pinned:
            found[canonicalize_name(pinned[1])] = tuple(sorted(HASH.findall(part)))
    return found


if __name__ == "__main__":
    text = json.dumps(document(int(os.environ.get("SOURCE_DATE_EPOCH", "0"))), indent=1)
    Path(sys.argv[1]).write_text(f"{text}\n", "utf-8")
