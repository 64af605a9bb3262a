"""Use cases of experts: count strengths, give titles, hide a topic, be away."""

from app.expertise.service.entitling import entitle, name_titles
from app.expertise.service.hiding import be_away, forget_person, hide
from app.expertise.service.scoring import rebuild, refresh

__all__ = ["be_away", "entitle", "forget_person", "hide", "name_titles", "rebuild", "refresh"]
