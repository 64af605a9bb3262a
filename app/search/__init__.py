"""Search over people, publications, comments, topics and groups, obeying visibility inside the query.

The index is a consequence: events mark what has to be read anew (`search_pending`), and one lane reads the marked rows
from the database and applies them in batches. So a crash loses nothing, and applying twice is harmless. What is found
is read from the database again, through the rule everything else obeys; the index only says what to read.
"""
