"""What notifications mount."""

from app.accounts.events import InvitationTaken
from app.articles import events as articles
from app.badges.events import BadgeEarned
from app.content import events as content
from app.content.service.opening import register_opened
from app.core.feature import Feature
from app.core.outbox import Listener
from app.groups import events as groups
from app.mentions.events import MentionsRead
from app.moderation.events import ContentReported
from app.notifications import listeners, service, sockets
from app.notifications.events import NotificationsChanged
from app.notifications.views import blueprint, settings
from app.people.events import PersonErased, PersonFollowed
from app.questions.events import AnswerAccepted
from app.reputation.events import PointsChanged
from app.rewards import events as rewards
from app.routing import events as routing
from app.search.events import AnswerFound
from app.trust import events as trust

register_opened(service.saw_publication)

FEATURE = Feature(
    name="notifications",
    blueprints=(blueprint, settings),
    listeners=(
        Listener("notifications.on_published", content.ContentPublished, listeners.on_published),
        Listener("notifications.on_comment", content.CommentAdded, listeners.on_comment),
        Listener("notifications.on_edited", content.ContentEdited, listeners.on_edited),
        Listener("notifications.on_liked", content.ContentLiked, listeners.on_liked),
        Listener("notifications.on_unliked", content.ContentUnliked, listeners.on_unliked),
        Listener("notifications.on_topics_added", content.TopicsAdded, listeners.on_topics_added),
        Listener("notifications.on_hidden", content.ContentHidden, listeners.on_hidden),
        Listener("notifications.on_restored", content.ContentRestored, listeners.on_restored),
        Listener("notifications.on_reported", ContentReported, listeners.on_reported),
        Listener("notifications.on_accepted", AnswerAccepted, listeners.on_accepted),
        Listener("notifications.on_official", trust.MadeOfficial, listeners.on_official),
        Listener("notifications.on_recall", trust.OfficialChanged, listeners.on_recall),
        Listener("notifications.on_still_true", trust.StillTrueAsked, listeners.on_still_true),
        Listener("notifications.on_check_asked", trust.CheckAsked, listeners.on_check_asked),
        Listener("notifications.on_reworded", trust.Reworded, listeners.on_reworded),
        Listener("notifications.on_found", AnswerFound, listeners.on_found),
        Listener("notifications.on_level", PointsChanged, listeners.on_level),
        Listener("notifications.on_badge", BadgeEarned, listeners.on_badge),
        Listener("notifications.on_ordered", rewards.RewardOrdered, listeners.on_ordered),
        Listener("notifications.on_order_moved", rewards.OrderMoved, listeners.on_order_moved),
        Listener("notifications.on_expiring", rewards.BonusExpiring, listeners.on_expiring),
        Listener("notifications.on_routed", routing.QuestionRouted, listeners.on_routed),
        Listener("notifications.on_passed", routing.QuestionPassed, listeners.on_passed),
        Listener("notifications.on_topics_handed", routing.TopicsHandedOver, listeners.on_topics_handed),
        Listener(
            "notifications.on_articles_handed", articles.ArticlesHandedOver, listeners.on_articles_handed
        ),
        Listener("notifications.on_article_passed", articles.ArticlePassed, listeners.on_article_passed),
        Listener("notifications.on_article_due", articles.ArticleReviewDue, listeners.on_article_due),
        Listener("notifications.on_followed", PersonFollowed, listeners.on_followed),
        Listener("notifications.on_came", InvitationTaken, listeners.on_came),
        Listener("notifications.on_erased", PersonErased, listeners.on_erased),
        Listener("notifications.on_invited", groups.GroupInvited, listeners.on_invited),
        Listener("notifications.on_requested", groups.GroupRequested, listeners.on_requested),
        Listener(
            "notifications.on_request_answered", groups.GroupRequestAnswered, listeners.on_request_answered
        ),
        Listener("notifications.on_mentions_read", MentionsRead, listeners.on_mentions_read),
        Listener("notifications.ring", NotificationsChanged, listeners.ring),
    ),
    sockets=sockets.register,
)
