"""The demo company: a believable retailer of invented people, made anew from a seed.

A *plan* (company, society, stories) is pure Python and depends on the seed, the size and the moment it ends; the
*loader* writes a plan into the database. See docs/demo.md for how the texts are written.
"""
