"""Thanks and badges: colleagues thank each other in public, with a badge and a sentence that says for what.

A *badge* has a picture and a name, and says who may give it, how often in a month, and how often to the same colleague.
*Thanks* are a publication of the whole company with a badge and the people they are for; each of those people wears the
badge from then on, for as long as the publication stands. *Rules* give some badges by themselves, for what is known
already; such a badge is given once.

Always true: nobody thanks themselves, nobody gives more than the badge allows in a month, and what is hidden or deleted
is in no cabinet, in no count and pays no points.
"""
