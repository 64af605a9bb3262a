"""The product's own source files, read once, for tests of the house rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Packages of `app` that are mechanisms or edges; every other package is a feature.
NOT_FEATURES = frozenset({"lib", "core", "api", "web", "cli", "translations"})


def relative(path: Path) -> str:
    """The path as people write it, from the repository's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def app_files() -> tuple[Path, ...]:
    """Every Python file of package `app`."""
    return tuple(sorted((ROOT / "app").rglob("*.py")))


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a Python file that stands on a line, an outer one before those inside it."""
    return tuple(node for node in ast.walk(tree_of(path)) if hasattr(node, "lineno"))


def feature_folders() -> Iterator[Path]:
    """The folder of every feature."""
    for folder in sorted((ROOT / "app").iterdir()):
        if folder.is_dir() and folder.name not in NOT_FEATURES and any(folder.glob("*.py")):
            yield folder


def templates() -> tuple[Path, ...]:
    """Every page, fragment and e-mail template."""
    return tuple(sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"}))
