"""Markdown-light: what people write becomes HTML that is safe on any page, with its topics and mentions.

`render` never fails, whatever the source; `check` is the polite refusal for forms. This package is the only place that
imports bleach.
"""

from app.lib.markup.limits import MAX_BRACKETS, MAX_SOURCE, MarkupError, MarkupTooLong, TextEmpty, check
from app.lib.markup.outlining import Heading, Outline, outline
from app.lib.markup.rendering import RENDERER_VERSION, Rendered, render
from app.lib.markup.shortening import shorten, without_last_topics

__all__ = [
    "MAX_BRACKETS",
    "MAX_SOURCE",
    "RENDERER_VERSION",
    "Heading",
    "MarkupError",
    "MarkupTooLong",
    "Outline",
    "Rendered",
    "TextEmpty",
    "check",
    "outline",
    "render",
    "shorten",
    "without_last_topics",
]
