"""Routing: questions find who can answer them.

A question goes out in *waves* by a *plan*: colleagues on duty and those who help in its topics, then the best experts,
the topics' *curators*, the department that owns them. An *ask* is one question put to one person: never twice, at most
so many a day, nothing that they may not see. "I'll answer" *claims* a question, "not me" *passes it on*. An answer or
an acceptance ends the waves. Everything stands in rows, so that nothing is lost or doubled whoever dies in between.
"""
