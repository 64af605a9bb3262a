"""Pages of accounts: signing in and out, one's own settings, administration."""

from app.accounts.views import administration, settings, signing_in
from app.accounts.views.blueprint import blueprint

__all__ = ["administration", "blueprint", "settings", "signing_in"]
