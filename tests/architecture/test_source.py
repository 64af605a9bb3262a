"""House rules of the Python code: one owner of the transaction, honest imports, the same few file names."""

import ast

from tests.support.sources import ROOT, app_files, feature_folders, nodes_of, relative, tree_of

#: The file (or package) names a feature may have, each with its one meaning.
FEATURE_FILES = frozenset(
    "__init__ feature views api sockets cli listeners jobs service queries policy forms models schemas events".split()
)

#: The longest a file may be before it becomes a package.
MAX_LINES = 400


def found(test):
    """Where `test(node)` holds in package `app`, as file:line."""
    return [
        f"{relative(path)}:{node.lineno}" for path in app_files() for node in nodes_of(path) if test(node)
    ]


def calls_method(*names):
    return lambda node: (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    )


def test_only_the_unit_of_work_commits():
    """A search index has a writer that commits too; that is no transaction of the database."""

    def commits(node):
        return calls_method("commit")(node) and not ast.unparse(node.func.value).endswith("writer")

    elsewhere = [place for place in found(commits) if not place.startswith("app/core/unit_of_work.py:")]

    assert elsewhere == []


def test_imports_stand_at_the_top_of_a_file():
    hidden = [
        f"{relative(path)}:{inner.lineno}"
        for path in app_files()
        for inner in nodes_of(path)
        if isinstance(inner, ast.Import | ast.ImportFrom) and inner.col_offset and _in_a_function(path, inner)
    ]

    assert hidden == []


def _in_a_function(path, inner):
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.lineno <= inner.lineno <= node.end_lineno
        for node in nodes_of(path)
    )


def test_features_use_the_same_few_file_names():
    strangers = [
        relative(entry)
        for folder in feature_folders()
        for entry in folder.iterdir()
        if entry.suffix == ".py" or (entry.is_dir() and any(entry.glob("*.py")))
        if entry.stem not in FEATURE_FILES
    ]

    assert strangers == []


def test_a_feature_introduces_itself_and_does_nothing_else():
    """`__init__.py` holds the feature's words and invariants, and no code."""
    wrong = [
        relative(folder)
        for folder in feature_folders()
        if not (folder / "__init__.py").exists()
        or len(tree_of(folder / "__init__.py").body) != 1
        or ast.get_docstring(tree_of(folder / "__init__.py")) is None
    ]

    assert wrong == []


def test_files_stay_small():
    long = {
        relative(path): lines
        for path in app_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }

    assert long == {}


def test_time_comes_from_the_clock():
    readings = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("time", "time_ns"),
    }

    def reads_the_time(node):
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and (node.func.value.id, node.func.attr) in readings
        )

    elsewhere = [place for place in found(reads_the_time) if not place.startswith("app/core/clock.py:")]

    assert elsewhere == []


def test_no_variable_hides_the_package():
    """Inside package `app` nothing is called `app`; the object is `flask_app`."""

    def shadows(node):
        return (isinstance(node, ast.Name) and node.id == "app" and isinstance(node.ctx, ast.Store)) or (
            isinstance(node, ast.arg) and node.arg == "app"
        )

    assert found(shadows) == []


def test_a_flush_says_why():
    """A flush is allowed where the rest needs an id or a constraint now; its line says which."""

    def line(place):
        file, number = place.rsplit(":", 1)
        return (ROOT / file).read_text(encoding="utf-8").splitlines()[int(number) - 1]

    flushes = [place for place in found(calls_method("flush")) if "session.flush" in line(place)]

    assert [place for place in flushes if "  # " not in line(place)] == []
