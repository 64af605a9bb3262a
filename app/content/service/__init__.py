"""Use cases of the spine: publish, comment, edit, delete, like, pin, add topics, hide and restore, keep drafts.

Each function authorises, changes and emits, in one unit of work.
"""
