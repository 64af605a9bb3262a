"""Search over people, publications, comments, topics and groups, obeying visibility inside the query."""
