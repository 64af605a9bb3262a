"""The OpenAPI description: public, whole, and true of every answer (which `Program` checks in all tests here)."""

import re

import pytest

from tests.features.api.json_schema import mismatches, resolve


def test_it_is_open_to_everybody_and_of_the_right_version(client):
    response = client.get("/api/v1/openapi.json")

    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.get_json()["openapi"].startswith("3.1")


def test_every_route_is_described_and_nothing_else(flask_app, description):
    mounted = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in flask_app.url_map.iter_rules()
        if rule.rule.startswith("/api/") and rule.rule != "/api/v1/openapi.json"
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, operations in description["paths"].items() for method in operations}

    assert described == mounted


def test_every_reference_points_at_something(description):
    def references(node):
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        if isinstance(node, list):
            for each in node:
                yield from references(each)

    found = set(references(description["paths"])) | set(references(description["components"]))

    assert len(found) > 15
    assert [each for each in found if not isinstance(resolve(each, description), dict)] == []


def test_every_operation_can_be_told_apart_and_says_what_it_does(description):
    operations = [each for path in description["paths"].values() for each in path.values()]
    names = [each["operationId"] for each in operations]

    assert len(names) == len(set(names))
    assert [each["operationId"] for each in operations if not each["summary"]] == []


def test_answers_and_bodies_are_closed(description):
    """No field can be sent or shown that is not described."""
    open_ones = [
        name
        for name, schema in description["components"]["schemas"].items()
        if schema["type"] == "object" and schema.get("additionalProperties") is not False
    ]

    assert open_ones == []


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ({"a": 1}, {"type": "object", "properties": {}, "additionalProperties": False}),
        ({}, {"type": "object", "required": ["a"]}),
        (True, {"type": "integer"}),
        ("x", {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        ("2026-01-01T00:00:00", {"type": "string", "format": "date-time"}),
        (["a", 1], {"type": "array", "items": {"type": "string"}}),
        ("c", {"enum": ["a", "b"]}),
    ],
)
def test_the_checker_of_these_tests_sees_what_does_not_fit(value, schema):
    assert mismatches(value, schema, {}) != []
