"""What this feature mounts."""

from app.content.events import (
    CommentAdded,
    ContentDeleted,
    ContentEdited,
    ContentHidden,
    ContentPublished,
    ContentRestored,
    TopicsAdded,
)  # fmt: skip
from app.core.feature import Feature, Job
from app.core.outbox import Listener
from app.groups.events import GroupChanged, GroupCreated, GroupVisibilityChanged
from app.people.events import (
    PeopleEntitled,
    PersonChanged,
    PersonErased,
    PersonJoined,
    PersonLeft,
    PersonMoved,
    PersonReturned,
)
from app.questions.events import AnswerAccepted, AnswerUnaccepted
from app.search import cli, jobs, listeners, service, views
from app.topics.events import MandatoryRulesChanged, TopicChanged, TopicCreated, TopicsMerged
from app.trust.events import TrustChanged

FEATURE = Feature(
    name="search",
    blueprints=(views.blueprint,),
    listeners=(
        Listener("search.published", ContentPublished, listeners.read_publication),
        Listener("search.topics_added", TopicsAdded, listeners.read_publication),
        Listener("search.commented", CommentAdded, listeners.read_comment),
        Listener("search.edited", ContentEdited, listeners.read_edited),
        Listener("search.deleted", ContentDeleted, listeners.read_thread),
        Listener("search.hidden", ContentHidden, listeners.read_thread),
        Listener("search.restored", ContentRestored, listeners.read_thread),
        Listener("search.trusted", TrustChanged, listeners.read_trusted),
        Listener("search.accepted", AnswerAccepted, listeners.read_answer),
        Listener("search.unaccepted", AnswerUnaccepted, listeners.read_answer),
        Listener("search.person_joined", PersonJoined, listeners.read_person),
        Listener("search.person_changed", PersonChanged, listeners.read_person),
        Listener("search.person_moved", PersonMoved, listeners.read_person),
        Listener("search.author_moved", PersonMoved, listeners.read_moved),
        Listener("search.people_entitled", PeopleEntitled, listeners.read_entitled),
        Listener("search.person_left", PersonLeft, listeners.read_person),
        Listener("search.person_returned", PersonReturned, listeners.read_person),
        Listener("search.forget_person", PersonErased, listeners.forget),
        Listener("search.topic_created", TopicCreated, listeners.read_topic),
        Listener("search.topic_changed", TopicChanged, listeners.read_topic),
        Listener("search.topics_merged", TopicsMerged, listeners.read_merged),
        Listener("search.topic_mandatory", MandatoryRulesChanged, listeners.read_topic),
        Listener("search.group_created", GroupCreated, listeners.read_group),
        Listener("search.group_changed", GroupChanged, listeners.read_group),
        Listener("search.group_opened_or_closed", GroupVisibilityChanged, listeners.read_group_content),
    ),
    jobs=(
        Job("search.drain", 1, jobs.drain),
        Job("search.heal", 10, jobs.heal),
        Job("search.verify", 24 * 60, jobs.verify),
        Job("search.forget_asked", 24 * 60, service.forget_asked),
        Job("search.forget_past", 24 * 60, service.forget_past),
    ),
    commands=(cli.search,),
)
