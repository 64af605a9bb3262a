"""Full-text search: one interface, and the engines behind it.

Words used here: a *document* is what search can find (a person, a publication, …), known by its kind and id; a
*change* puts or removes one document; a *generation* is one complete index on disk; a *clause* is one word of a
query with everything that counts as finding it.

What always holds: what a reader may not see is left out inside the query, so totals and pages are right; the index
holds words, nothing that is shown, and can be thrown away and rebuilt from the database at any time.
"""
