"""The locked requirements can be installed anywhere and are what was tested."""

import re

import pytest

from tests.support.sources import ROOT

LOCKS = ("runtime.txt", "dev.txt")
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", re.MULTILINE)


def lock(name):
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_no_package_registry_is_named(name):
    assert (
        re.findall(
            r"https?:|file:|--(?:extra-)?index-url|--find-links|--trusted-host", _without_comments(lock(name))
        )
        == []
    )
    assert "://" not in lock(name)


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name):
    entries = re.split(r"\n(?=\S)", _without_comments(lock(name)).strip())

    assert entries
    assert [entry for entry in entries if not PINNED.match(entry) or "--hash=sha256:" not in entry] == []


def test_both_locks_agree_on_versions():
    runtime, dev = (dict(PINNED.findall(lock(name))) for name in LOCKS)

    assert {
        name: (runtime[name], dev[name]) for name in runtime.keys() & dev if runtime[name] != dev[name]
    } == {}


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked(name):
    asked = (ROOT / "requirements" / name.replace(".txt", ".in")).read_text(encoding="utf-8")
    wanted = {
        re.split(r"[\[<>=!~; ]", line)[0].lower().replace("_", "-").replace(".", "-")
        for line in asked.splitlines()
        if line and line[0] not in "#-"
    }

    assert wanted - {pinned.replace(".", "-") for pinned, _ in PINNED.findall(lock(name))} == set()


def _without_comments(text):
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
