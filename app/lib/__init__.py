"""Plain Python the product rests on: text, markup, identifiers, cursors.

Nothing here knows Flask, SQLAlchemy or a feature, so everything can be tested with values alone.
"""
