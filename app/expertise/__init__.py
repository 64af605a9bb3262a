"""Experts: who knows a topic, by what they did for others there, and who can help with a question now.

*Praise* is a visible act by which somebody says that another knows a topic: an answer accepted or made official, a
like of an answer, thanks. A *strength* is what all praise of a person in a topic comes to (`app.lib.authority`); how
much it is worth falls with time. A *title* (Learner, Connoisseur, Master) follows from the scores of everybody in the
topic. Who can help now is another question and has another answer (`queries/helping.py`).

Always true: strengths follow from the facts alone, so counting them anew changes nothing; nobody praises themselves;
what stands in closed groups makes nobody an expert; who hides a topic or has left has no title there.
"""
