"""The knowledge base: articles that somebody looks after.

An *article* is a publication with a title, an *owner* who answers for it, and a date until which it has to be checked
again. Anyone may write one; its owner and the editors change it; everybody else suggests in a comment. *Contributors*
are those whose words it was made of, or who changed it. When an owner leaves or moves, a *handover* puts the article
on their manager's list at once.

Always true: an article has exactly one owner; every state of its text that was ever saved can be read, compared and
restored; nobody is reminded twice of the same date; what only a group reads becomes an article of that group alone.
"""
