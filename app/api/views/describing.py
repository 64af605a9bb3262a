"""The description of the API, open to everybody."""

from __future__ import annotations

from flask import Response

from app.api.endpoint import blueprint
from app.api.openapi import description
from app.core.identity import identity
from app.core.web import answer, by_token, public


@blueprint.get("/openapi.json")
@public
@by_token
def openapi() -> Response:
    """OpenAPI 3.1, made from the same models that check requests and answers; it bears the network's name."""
    return answer({**description(), "info": {**description()["info"], "title": identity().name}})
