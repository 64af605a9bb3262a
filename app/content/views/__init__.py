"""Pages and fragments of single things: cards, the publication's page, comments, menus, drafts."""
