"""Topics: what publications are about. Made by writing them; "#Акции" and "#акции" are one.

A *priority topic* is chosen by editors for a period; a *mandatory subscription* makes a topic or a group everybody's,
or everybody's of a region.
"""
