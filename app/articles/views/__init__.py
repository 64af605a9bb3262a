"""Pages of articles."""

from app.articles.views import caring, history, knowledge, writing

BLUEPRINTS = (knowledge.blueprint, writing.blueprint, history.blueprint, caring.blueprint)

__all__ = ["BLUEPRINTS"]
