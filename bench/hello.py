"""The smallest thing this server can answer: the yardstick of every other figure."""

from flask import Flask

flask_app = Flask("hello")


@flask_app.get("/")
@flask_app.get("/healthz")
def hello() -> str:
    """Five letters."""
    return "hello"
