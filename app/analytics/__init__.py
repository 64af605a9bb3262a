"""Figures: how well questions find answers. Counted over questions that the whole company may read, from the rows.

*Answered* is a question with a published answer of a colleague; *first* is the time to the earliest of them,
*accepted* the time to the one that was accepted. A question *without an expert* went out and nobody was found who
knows its matter.
"""
