"""Security headers of every answer."""

from __future__ import annotations

from flask import Flask, Response, g, request

from app.core.web import csp_nonce
from config import Config

#: On every answer whose view has not said otherwise.
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
)
_HTTPS = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def register(flask_app: Flask, config: Config) -> None:
    """Send the headers with every answer."""
    always = (*_ALWAYS, _HTTPS) if config.secure_cookies else _ALWAYS

    @flask_app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        said = {name.lower() for name, _ in headers}
        if "content-security-policy" not in said:
            headers.add("Content-Security-Policy", _policy())
        if "cache-control" not in said and request.endpoint != "static":
            headers.add("Cache-Control", "no-store")
        for name, value in always:
            if name.lower() not in said:
                headers.add(name, value)
        return response


def _policy() -> str:
    script = f"'nonce-{csp_nonce()}' 'strict-dynamic'" if "csp_nonce" in g else "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    )
