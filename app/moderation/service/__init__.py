"""Use cases of moderation: report; hide, restore and keep, each with its decision and audit entry."""

from app.moderation.service.deciding import close_reports, hide, keep, restore
from app.moderation.service.reporting import report

__all__ = ["close_reports", "hide", "keep", "report", "restore"]
