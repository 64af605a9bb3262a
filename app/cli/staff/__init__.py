"""Bringing the staff list in.

Words: the *file* is what the personnel system exports, one row for each job a person holds or held; a *problem* is a
row, or a cell of one, that could not be used, named by its line; the *plan* says what would change, before anything
does.

Reading and planning (`columns`, `people`, `hierarchy`, `reader`, `plan`) are plain computations and know nothing of
the database.
"""
