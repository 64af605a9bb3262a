"""Bringing a Stack Exchange dump in.

Words: a *dump* is one site at one moment, as an archive or a folder of XML files; a *table* is one of its
files; a *row* is one line of a table; a *problem* is a row, or a part of one, that could not be taken.

Reading (`source`, `rows`, `reader`) knows nothing of the database. What is written is remembered by where it
came from, so that a later dump of the same site updates instead of doubling.
"""
