"""Pages of accounts: signing in and out, inviting colleagues, one's own settings, administration."""

from app.accounts.views import administration, inviting, settings, signing_in
from app.accounts.views.blueprint import blueprint

__all__ = ["administration", "blueprint", "inviting", "settings", "signing_in"]
