"""The smallest thing this server can answer: the yardstick of every other figure."""

from flask import Flask

flask_app = Flask("hello")


@flask_app.get("/")
def hello() -> str:
    """Five letters."""
    return "hello"
