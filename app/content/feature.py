"""What the spine mounts."""

from app.content import events, jobs, listeners, sockets
from app.content.policy import may_read
from app.content.schemas import ContentKind, register_kind
from app.content.service import drafts
from app.content.service.following import follow_group
from app.content.views import acts, pages
from app.core import idempotency
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.files.policy import register_parent_rule
from app.groups.service import register_visibility_hook
from app.people.events import PeopleEntitled, PersonChanged, PersonErased, PersonMoved
from app.topics.events import TopicChanged

register_kind(ContentKind("news"))
register_visibility_hook(follow_group)
register_parent_rule(may_read)

_GONE = (events.ContentDeleted, events.ContentHidden)
_CHANGED = (
    events.ContentEdited,
    events.ContentLiked,
    events.ContentUnliked,
    events.ContentPinned,
    events.ContentRestored,
    events.TopicsAdded,
)
_COUNTED = (events.ContentPublished, events.ContentRestored, events.TopicsAdded, events.ContentEdited, *_GONE)

FEATURE = Feature(
    name="content",
    blueprints=(pages.blueprint, acts.blueprint),
    listeners=(
        Listener("content.hint_publication", events.ContentPublished, listeners.hint_publication),
        Listener("content.hint_comment", events.CommentAdded, listeners.hint_comment),
        *(Listener(f"content.hint_change.{each.name}", each, listeners.hint_change) for each in _CHANGED),
        *(Listener(f"content.hint_gone.{each.name}", each, listeners.hint_gone) for each in _GONE),
        *(Listener(f"content.recount.{each.name}", each, listeners.recount) for each in _COUNTED),
        Listener("content.refresh_person", PersonChanged, listeners.refresh_cards_of_person),
        Listener("content.refresh_moved", PersonMoved, listeners.refresh_cards_of_person),
        Listener("content.refresh_entitled", PeopleEntitled, listeners.refresh_cards_of_people),
        Listener("content.forget_person", PersonErased, listeners.forget_person),
        Listener("content.refresh_topic", TopicChanged, listeners.refresh_cards_of_topic),
    ),
    jobs=(
        Job("content.forget_drafts", 1440, drafts.forget_old),
        Job("content.repair_counters", 1440, jobs.repair_counters),
        Job("core.forget_idempotency_keys", 1440, idempotency.forget_old),
    ),
    sockets=sockets.register,
)
