"""Every page people can meet, by the endpoint that answers with it: what is looked at in a real browser.

`PAGES` gives each endpoint the addresses to look at; what stands in braces is filled from `tests.journeys.longest`.
`NO_PAGE` says of every other address that can be read why nobody meets it as a page. tests/architecture/test_pages.py
holds both against the URL map, so a new address must be entered in one of them.
"""

#: Looked at by somebody with every role.
PAGES: dict[str, tuple[str, ...]] = {
    "accounts.invitation": ("/people/{uninvited}/invitation",),
    "accounts.password": ("/settings/password",),
    "accounts.photo_cut": ("/settings/photo/cut",),
    "accounts.preferences": ("/settings/preferences",),
    "accounts.profile": ("/settings",),
    "accounts.sessions": ("/settings/sessions",),
    "accounts.staff": ("/administration/people", "/administration/people?q=нетникого"),
    "accounts.staff_person": ("/administration/people/{person_id}",),
    "accounts.tokens": ("/settings/tokens",),
    "article_care.form": ("/articles/{article}/care",),
    "article_care.index": ("/knowledge/care",),
    "article_history.compare": ("/articles/{article}/compare?from=1&to=2",),
    "article_history.index": ("/articles/{article}/history",),
    "articles.edit": ("/articles/{article}/edit",),
    "articles.new": ("/articles/new", "/articles/new?from={question}"),
    "badge_desk.edit": ("/desk/badges/{badge}",),
    "badge_desk.index": ("/desk/badges",),
    "badge_desk.new": ("/desk/badges/new",),
    "badge_desk.spread": ("/desk/thanks",),
    "badges.cabinet": ("/people/{person}/badges", "/people/{newcomer}/badges"),
    "badges.certificate": ("/thanks/{thanks}/certificate/{thanked}",),
    "care.edit": ("/topics/{topic}/care",),
    "care.mine": ("/care",),
    "comms.desk": ("/desk",),
    "content.item_history": ("/items/{edited}/history",),
    "content.item_likers": ("/items/{liked}/likers",),
    "content.item_menu": ("/items/{news}/menu",),
    "content.show": (
        "/p/{question}", "/p/{news}", "/p/{article}", "/p/{thanks}", "/p/{waiting}", "/p/{hidden}", "/p/{unbroken}",
    ),
    "expertise.guide": ("/experts",),
    "expertise.of_person": ("/people/{expert}/expertise", "/people/{newcomer}/expertise"),
    "expertise.of_topic": ("/topics/{topic}/experts",),
    "feed.home": ("/", "/?feed=company&order=useful", "/?write#composer"),
    "figures.index": ("/desk/figures",),
    "files_of.group": ("/groups/{group}/files",),
    "files_of.person": ("/people/{filer}/files",),
    "groups.about": ("/groups/{group}/about",),
    "groups.index": ("/groups", "/groups?show=all", "/groups?show=all&q=нетникакой"),
    "groups.invite_form": ("/groups/{own}/invite",),
    "groups.members": ("/groups/{own}/members",),
    "groups.new": ("/groups/new",),
    "groups.of_person": ("/people/{person}/groups",),
    "groups.settings": ("/groups/{own}/settings",),
    "items.edit_form": ("/items/{news}/edit",),
    "items.topics_form": ("/items/{news}/topics",),
    "knowledge.articles": ("/articles",),
    "knowledge.index": ("/knowledge",),
    "knowledge.more": ("/articles/{article}/more",),
    "knowledge.topic": ("/topics/{topic}/answers",),
    "mentions.index": ("/mentions",),
    "moderation.decided": ("/moderation/decided",),
    "moderation.hide_form": ("/items/{others}/hide",),
    "moderation.index": ("/moderation",),
    "moderation.report_form": ("/items/{others}/report",),
    "moderation.restore_form": ("/items/{hidden}/restore",),
    "moderation.show": ("/moderation/{reported}",),
    "notification_settings.show": ("/settings/notifications",),
    "notifications.index": ("/notifications",),
    "orders.mine": ("/rewards/orders",),
    "orders.show": ("/rewards/{reward}",),
    "offline.settings": ("/settings/offline",),
    "organisation.consent": ("/administration/consent",),
    "organisation.my_data": ("/settings/data",),
    "organisation.settings": ("/administration/organisation",),
    "people.about": ("/people/{person}/about",),
    "people.connections": ("/people/{person}/connections",),
    "people.department": ("/departments/{department}",),
    "people.department_people": ("/departments/{department}/people",),
    "people.index": ("/people", "/people?q=нетникого"),
    "people.region": ("/regions/{region}",),
    "people.regions": ("/regions",),
    "people.shop": ("/shops/{shop}",),
    "people.shop_hours": ("/shops/{shop}/hours",),
    "people.shop_people": ("/shops/{shop}/people",),
    "people.show": ("/people/{person}", "/people/{me}", "/people/{newcomer}"),
    "questions.index": ("/questions",),
    "reputation.guide": ("/reputation",),
    "reputation.points": ("/reputation/points",),
    "reward_desk.edit": ("/desk/rewards/{reward_id}",),
    "reward_desk.export": ("/desk/rewards/export",),
    "reward_desk.index": ("/desk/rewards",),
    "reward_desk.loyalty": ("/desk/rewards/loyalty",),
    "reward_desk.new": ("/desk/rewards/new",),
    "reward_desk.orders": ("/desk/rewards/orders",),
    "rewards.index": ("/rewards",),
    "rewards.levels": ("/rewards/levels",),
    "rewards.points": ("/rewards/points",),
    "routing.choose": ("/p/{asked_me}/pass",),
    "routing.for_me": ("/questions/for-me", "/questions/for-me?show=all"),
    "routing_desk.index": ("/desk/routing",),
    "rules.new": ("/desk/rules/new",),
    "rules.rule": ("/desk/rules/{rule}",),
    "rules.rules": ("/desk/rules",),
    "search.index": ("/search", "/search?q=касса", "/search?q=абракадабраневстречается", "/search?q=%23"),
    "search_help.index": ("/search/help",),
    "standing.leaders": ("/reputation/leaders",),
    "standing.settings": ("/settings/recognition",),
    "streams.department": ("/departments/{department}/publications",),
    "streams.group": ("/groups/{group}", "/groups/{own}", "/groups/{closed}"),
    "streams.person": ("/people/{person}/publications", "/people/{newcomer}/publications"),
    "streams.shop": ("/shops/{shop}/publications",),
    "streams.topic": ("/topics/{topic}", "/topics/никем-не-названная"),
    "thanks.new": ("/thanks/new", "/thanks/new?to={person}"),
    "thanks.team": ("/thanks/team",),
    "topics.edit": ("/topics/{topic}/edit",),
    "topics.index": ("/topics", "/topics?q=нетникакой"),
    "topics.weigh": ("/topics/{topic}/merge", "/topics/{topic}/merge?into={other_topic}"),
    "trust.changes": ("/items/{answer}/changes",),
    "trust.desk": ("/desk/trust",),
    "trust.show": ("/items/{answer}/trust",),
    "vocabulary.index": ("/desk/words",),
    "vocabulary.missed": ("/desk/missed",),
    "web.keyboard": ("/keyboard",),
    "web.styleguide": ("/styleguide",),
    "welcome.interests": ("/welcome/interests",),
    "welcome.photo": ("/welcome/photo",),
}  # fmt: skip

#: What a stranger meets.
OUTSIDE: dict[str, tuple[str, ...]] = {
    "accounts.sign_in_form": ("/sign-in", "/sign-in?next=/questions"),
    "offline.help_page": (
        "/offline/help/offline/ru",
        "/offline/help/maintenance/en",
        "/offline/help/leaving/ru",
    ),
}

#: What somebody meets who has not agreed yet to what the organisation asks.
ASKED: dict[str, tuple[str, ...]] = {"welcome.consent": ("/welcome/consent",)}

#: What somebody without any role, on their first day, meets otherwise than those above.
PLAIN: tuple[str, ...] = (
    "/", "/notifications", "/mentions", "/questions/for-me", "/reputation/points", "/rewards", "/rewards/points",
    "/rewards/orders", "/groups", "/p/{question}", "/people/{newcomer}", "/thanks/new", "/care", "/knowledge/care",
    "/settings/sessions",
)  # fmt: skip

#: Pages that no address of its own has, and the status they come with.
ERRORS: dict[str, int] = {"/p/AAAAAAAAAAAAAA": 404, "/такой-страницы-нет": 404, "/desk/figures?from=x": 422}

#: The same for who has no role, and for a stranger.
CLOSED: dict[str, int] = {"/desk": 403, "/administration/people": 403}
STRANGE: dict[str, int] = {"/такой-страницы-нет": 404}

#: Why nobody meets it as a page.
NO_PAGE: dict[str, str] = {
    "content.body": "the rest of a long text, put into its card",
    "content.card": "one card, put into a stream",
    "content.comment": "one comment, put into its thread",
    "content.thread": "the older part of a thread, put into it",
    "accounts.part_of_photo": "a picture",
    "accounts.whole_photo": "a picture",
    "care.keepers": "a box of the topic's page, put into it",
    "feed.news_count": "a number for the pill",
    "figures.table": "a file to keep",
    "files.serve": "a file",
    "groups.card": "a hover card",
    "items.draft": "JSON for the composer",
    "mentions.complete": "JSON for completion",
    "notifications.follow": "leads on to what the notification is about",
    "notifications.menu": "the bell's menu, put under it",
    "offline.to_keep": "JSON for the service worker",
    "offline.web_manifest": "JSON for the browser",
    "offline.worker": "the service worker itself",
    "organisation.brand_style": "a style sheet",
    "organisation.icon": "a picture",
    "organisation.logo": "a picture",
    "organisation.sample_style": "a style sheet",
    "organisation.try_accent": "how a colour would look, put beside its field",
    "people.card": "a hover card",
    "people.mentioned": "leads on to the person or group",
    "people.mentioned_card": "leads on to a hover card",
    "people.photo": "a picture",
    "people.suggestions": "a box of the right column, put into it",
    "reward_desk.export_table": "a file to keep",
    "routing.standing": "where a question stands, put into its page",
    "search.hint": "a list under the search field",
    "search.similar_to": "a box of the question's page, put into it",
    "standing.widget": "the box \"Your reputation\", put into the right column",
    "static": "files of the product",
    "topics.card": "a hover card",
    "topics.complete": "JSON for completion",
    "vocabulary.missed_table": "a file to keep",
    "vocabulary.table": "a file to keep",
    "web.health": "for the operator's probes",
    "web.session_now": "JSON for pages that were open for long",
    "welcome.welcome": "leads on to the step that is left",
    "web.script_words": "words for scripts, read by them alone",
}  # fmt: skip

#: Addresses with forms, and what is typed into one of them that is wrong.
WRONG: tuple[tuple[str, dict[str, str]], ...] = (
    ("/settings", {"email": "нет"}),
    ("/settings/password", {"new": "1", "current": ""}),
    ("/settings/tokens", {"name": ""}),
    ("/settings/notifications", {"quiet_from": "ночью"}),
    ("/groups/new", {"name": ""}),
    ("/groups/{own}/invite", {"people": ""}),
    ("/groups/{own}/settings", {"name": ""}),
    ("/items/{news}/edit", {"body": ""}),
    ("/items/{news}/topics", {"topics": ""}),
    ("/items/{others}/hide", {"reason": ""}),
    ("/items/{others}/report", {"reason": ""}),
    ("/articles/new", {"title": "", "body": ""}),
    ("/articles/{article}/care", {"review": "вчера"}),
    ("/thanks/new", {"people": "@никто", "body": "", "badge": ""}),
    ("/desk/badges/new", {"name_ru": "", "name_en": "", "allowance": "много"}),
    ("/desk/rewards/new", {"title_ru": "", "title_en": "", "price": "дорого", "drawing": ""}),
    ("/desk/rewards/loyalty", {"silver": "много"}),
    ("/desk/rules/{rule}", {"points": "много"}),
    ("/desk/words", {"words": ""}),
    ("/desk/trust", {"confirmations": "0"}),
    ("/desk/routing", {"wait_experts": "скоро"}),
    ("/topics/{topic}/care", {"curators": "@никто"}),
    ("/topics/{topic}/edit", {"title": ""}),
    ("/shops/{shop}/hours", {"hours": "всегда"}),
    ("/people/{me}/expertise", {"until": "потом"}),
    ("/p/{asked_me}/pass", {"to": "@никто"}),
    ("/items/{answer}/trust", {"valid_from": "завтра"}),
    ("/desk/figures", {"from": "вчера"}),
)  # fmt: skip

#: The style guide shows heads of pages among other things.
SAMPLES = frozenset({"web.styleguide"})

#: The same page by another address, and so with the same title.
SAME = {
    "people.show": "streams.person",
    "people.shop": "streams.shop",
    "people.department": "streams.department",
}

#: Pages whose title is what people wrote, and nothing else.
TITLED_BY_PEOPLE = frozenset({
    "content.show", "people.show", "people.shop", "people.department", "people.region", "streams.person",
    "streams.shop", "streams.department", "streams.group", "streams.topic", "orders.show", "badges.certificate",
    "web.styleguide", "rules.rule",
})  # fmt: skip
