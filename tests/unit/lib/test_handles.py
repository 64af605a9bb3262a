import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lib.handles import (
    HANDLE_RE,
    MAX_HANDLE,
    RESERVED_HANDLES,
    find_mentions,
    fold_handle,
    is_handle,
    mention_path,
    suggest_handle,
    unique_handle,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@анна.петрова, привет", ["анна.петрова"]),
        ("Спросите @Анна.Петрова.", ["анна.петрова"]),
        ("(@help-desk) **@it_2**", ["help-desk", "it_2"]),
        ("@Алёна.Ким", ["алена.ким"]),
        ("＠anna", ["anna"]),
        ("@अनिल", ["अनिल"]),
        ("anna@shop.example", []),
        ("@anna@shop.example", []),
        ("a/@anna &@anna @@anna", []),
        ("@x", []),
        ("@ anna", []),
        ("@.anna @-anna @_anna", []),
        ("@" + "a" * (MAX_HANDLE + 1), []),
    ],
)
def test_finds_mentions(text: str, expected: list[str]) -> None:
    assert [mention.handle for mention in find_mentions(text)] == expected


@pytest.mark.parametrize("handle", ["анна.петрова", "help-desk", "it_2", "7eleven", "अनिल"])
def test_accepts_handles(handle: str) -> None:
    assert is_handle(handle)


@pytest.mark.parametrize(
    "handle", ["", "a", "Анна", "ёж", "a..b", "a.", ".a", "a b", "a/b", "@anna", "all", "все"]
)
def test_refuses_handles(handle: str) -> None:
    assert not is_handle(handle)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Анна", "Петрова", "анна.петрова"),
        ("Алёна", "Щёголева", "алена.щеголева"),
        ("Анна Мария", "Римская-Корсакова", "анна-мария.римская-корсакова"),
        ("Conan", "O'Brien", "conan.obrien"),
        (" Ken ", "", "ken"),
        ("", "", "employee"),
        ("🙂", "...", "employee"),
        ("a" * 100, "b" * 100, "a" * 24 + "." + "b" * 24),
    ],
)
def test_suggests_a_handle(first: str, last: str, expected: str) -> None:
    assert suggest_handle(first, last) == expected


@given(st.text(), st.text())
def test_suggestions_are_always_mentionable(first: str, last: str) -> None:
    handle = unique_handle(suggest_handle(first, last), ())
    assert is_handle(handle)
    assert [mention.handle for mention in find_mentions(f"@{handle}!")] == [handle]


def test_numbers_what_is_taken_or_reserved() -> None:
    assert unique_handle("анна", ()) == "анна"
    assert unique_handle("анна", {"анна", "анна2"}) == "анна3"
    assert unique_handle("Admin", ()) == "admin2"
    assert unique_handle("б" * MAX_HANDLE, {"б" * MAX_HANDLE}) == "б" * (MAX_HANDLE - 6) + "2"
    assert unique_handle("!", {"employee2"}) == "employee3"


def test_reserved_handles_are_folded() -> None:
    assert all(fold_handle(handle) == handle for handle in RESERVED_HANDLES)
    assert sum(1 for handle in RESERVED_HANDLES if HANDLE_RE.match(handle)) > 30


def test_path_keeps_letters() -> None:
    assert mention_path("@Ким") == "/@ким"
    assert mention_path("a b") == "/@a%20b"
