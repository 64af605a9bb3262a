"""Who may report, hide and restore what, and who sees which case: the whole matrix, by rule and by SQL alike."""

import pytest

from app.content.schemas import AddComment
from app.content.service.changing import delete
from app.content.service.publishing import comment
from app.core.errors import Forbidden, NotFound
from app.moderation import queries, service
from tests import factories
from tests.factories.content import publication, written

PLACES = ("company", "open", "closed", "secret")
READERS = ("bob", "charlie", "mara", "ada", "edgar", "gleb")
#: Who belongs to the groups.
MEMBERS = {"anna", "bob", "gleb"}
COMPANY_MODERATORS = {"mara", "ada"}


def outcome(act, *args):
    """What came of it: "done" or the name of the refusal."""
    try:
        act(*args)
    except (Forbidden, NotFound) as error:
        return type(error).__name__
    return "done"


def me(cast, name):
    return factories.actor(getattr(cast, name))


def sees(name, place):
    return place in ("company", "open") or name in MEMBERS


def moderates(name, place, *, reported=False):
    """Whether cases in the place are this person's business."""
    if name == "gleb":
        return place != "company"
    return name in COMPANY_MODERATORS and (sees(name, place) or reported)


def refusal(name, place):
    return "Forbidden" if sees(name, place) else "NotFound"


@pytest.fixture(params=["publication", "comment"])
def text_in(request, cast, places):
    """Makes a text of Anna's in a place."""

    def make(place):
        root = publication(cast.anna, "Обычная новость", place=places[place])
        if request.param == "publication":
            return root
        made = comment(factories.actor(cast.anna), root.public_id, AddComment("Обычный комментарий"))
        return written(made.public_id)

    return make


@pytest.mark.parametrize("place", PLACES)
def test_who_reports(cast, text_in, place):
    item = text_in(place)
    for name in READERS:
        expected = "done" if sees(name, place) else "NotFound"
        assert outcome(service.report, me(cast, name), item.public_id, "rude") == expected, name
    assert outcome(service.report, me(cast, "anna"), item.public_id, "rude") == "Forbidden"


@pytest.mark.parametrize("reported", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_who_hides_and_restores(cast, text_in, place, reported):
    for name in READERS:
        item = text_in(place)
        if reported:
            service.report(me(cast, "bob"), item.public_id, "rude")
        may = moderates(name, place, reported=reported)

        hidden = outcome(service.hide, me(cast, name), item.public_id, "Грубо")
        assert hidden == ("done" if may else refusal(name, place)), name
        if may:
            assert outcome(service.restore, me(cast, name), item.public_id, "Ошибка") == "done", name


@pytest.mark.parametrize("place", PLACES)
def test_who_may_act_on_what_is_hidden(cast, text_in, place):
    """Hidden looks like missing for everyone but its author and moderators of the place."""
    item = text_in(place)
    service.hide(me(cast, "gleb" if place != "company" else "mara"), item.public_id, "Грубо")

    for name in READERS:
        may = moderates(name, place)
        again = outcome(service.restore, me(cast, name), item.public_id, "Ошибка")
        if may:
            assert again == "done", name
            service.hide(me(cast, name), item.public_id, "Всё-таки грубо")
        else:
            assert again == "NotFound", name
        # Moderators of the place still see it, but there is nothing left to report.
        told = outcome(service.report, me(cast, name), item.public_id, "rude")
        assert told == ("Forbidden" if may else "NotFound"), name
    assert outcome(service.restore, me(cast, "anna"), item.public_id, "Мне нужно") == "Forbidden"


@pytest.mark.parametrize("place", PLACES)
def test_what_is_deleted_is_nobody_s_case(cast, text_in, place):
    item = text_in(place)
    service.report(me(cast, "bob"), item.public_id, "rude")
    delete(me(cast, "anna"), item.public_id)

    for name in READERS:
        actor = me(cast, name)
        for act, *more in (
            (service.report, "rude"),
            (service.hide, "Грубо"),
            (service.restore, "Ошибка"),
            (service.keep,),
            (queries.case,),
        ):
            assert outcome(act, actor, item.public_id, *more) == "NotFound", (name, act)
        assert queries.open_count(actor) == 0


def test_rule_and_sql_agree_about_cases(cast, places, text_in):
    """What `access_case` lets a moderator decide about is what the queue shows them, and nothing else."""
    reported = {place: text_in(place) for place in PLACES}
    for item in reported.values():
        service.report(me(cast, "bob"), item.public_id, "rude")

    for name in ("anna", *READERS):
        actor = me(cast, name)
        by_rule = {
            place
            for place, item in reported.items()
            if outcome(queries.case, actor, item.public_id) == "done"
        }
        by_sql = {case.item.public_id for case in queries.queue(actor).cases}

        assert by_sql == {reported[place].public_id for place in by_rule}, name
        assert by_rule == {place for place in PLACES if moderates(name, place, reported=True)}, name
        assert queries.queue(actor).waiting == queries.open_count(actor) == len(by_rule)


def test_rule_and_sql_agree_about_decisions(cast, places):
    """The list of decisions tells company moderators nothing of what was never reported in groups closed to them."""
    hidden = {place: publication(cast.anna, "Новость", place=places[place]) for place in PLACES}
    for place, item in hidden.items():
        service.hide(me(cast, "mara" if place == "company" else "gleb"), item.public_id, "Грубо")

    for name in READERS:
        actor = me(cast, name)
        listed = {line.item.public_id for line in queries.decided(actor).lines}
        expected = {item.public_id for place, item in hidden.items() if moderates(name, place)}
        assert listed == expected, name


def test_a_dismissed_report_discloses_no_longer(cast, places):
    item = publication(cast.anna, "Внутреннее", place=places["secret"])
    service.report(me(cast, "bob"), item.public_id, "confidential")

    service.keep(me(cast, "mara"), item.public_id)

    assert outcome(queries.case, me(cast, "mara"), item.public_id) == "done"
    assert outcome(queries.case, me(cast, "ada"), item.public_id) == "NotFound"
    assert [line.item.public_id for line in queries.decided(me(cast, "mara")).lines] == [item.public_id]
    assert queries.decided(me(cast, "ada")).lines == ()


def test_nobody_decides_about_their_own_text(cast, places):
    mine = publication(cast.gleb, "Моё", place=places["open"])
    service.report(me(cast, "bob"), mine.public_id, "rude")

    for act in (service.hide, service.restore):
        assert outcome(act, me(cast, "gleb"), mine.public_id, "Сам") == "Forbidden"
    assert outcome(service.keep, me(cast, "gleb"), mine.public_id) == "Forbidden"
    assert queries.open_count(me(cast, "gleb")) == 0
    assert queries.open_count(me(cast, "mara")) == 1
