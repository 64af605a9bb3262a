"""The words of the company: what means the same in search, and what was looked for in vain.

*Synonyms* are words or short phrases of which any counts as the others ("симка", "сим-карта"); a word stands in one
group. A *missed search* found nothing. Nobody's name is kept with it, and what only one person typed is not kept in
readable form at all: the words are written down when a second person has looked for the same.
"""
