"""The spine: one table of things people wrote.

A *publication* is a row without a root (kinds "news", "question", "thanks" and "article"); a *comment* or *answer* is a
row whose root is the publication it belongs to. Reactions, topics, mentions, files, revisions, moderation and search
point at rows of this table. Visibility is decided here once (`policy.py`) and obeyed everywhere.
"""
