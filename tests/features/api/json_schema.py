"""As much of JSON Schema as the description uses, written against the standard and not against the product."""

from datetime import datetime

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def mismatches(value, schema, document, where="$"):
    """Where `value` does not fit `schema`, whose references point into `document`; empty when it fits."""
    if "$ref" in schema:
        return mismatches(value, resolve(schema["$ref"], document), document, where)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            tries = [mismatches(value, each, document, where) for each in schema[word]]
            fitting = sum(not problems for problems in tries)
            if word == "oneOf" and fitting > 1:
                return [f"{where}: fits {fitting} of oneOf"]
            return [] if fitting else min(tries, key=len)
    problems = _scalar(value, schema, where)
    if not problems and isinstance(value, dict):
        problems = _object(value, schema, document, where)
    if not problems and isinstance(value, list):
        inner = schema.get("items", {})
        for at, each in enumerate(value):
            problems += mismatches(each, inner, document, f"{where}[{at}]")
    return problems


def resolve(reference, document):
    """What a reference points at."""
    for part in reference.removeprefix("#/").split("/"):
        document = document[part]
    return document


def _scalar(value, schema, where):
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        return [f"{where}: {value!r} is no {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    if "const" in schema and value != schema["const"]:
        return [f"{where}: {value!r} is not {schema['const']!r}"]
    if schema.get("format") == "date-time" and datetime.fromisoformat(value).utcoffset() is None:
        return [f"{where}: {value!r} has no time zone"]
    return []


def _object(value, schema, document, where):
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    problems = [f"{where}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, each in value.items():
        inner = known.get(name, others)
        if inner is False:
            problems.append(f"{where}: {name} is not described")
        elif inner is not True:
            problems += mismatches(each, inner, document, f"{where}.{name}")
    return problems
