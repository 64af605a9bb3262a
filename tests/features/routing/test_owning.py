"""Who looks after a topic stands behind answers about it; who is known for it confirms them."""

import pytest

from app.content.models import ContentTopic
from app.core import outbox
from app.core.db import db
from app.core.errors import Forbidden
from app.expertise import service as expertise
from app.expertise.models import Expertise
from app.lib.authority import CONNOISSEUR, LEARNER
from app.questions.service import accept
from app.trust.models import ContentTrust
from app.trust.policy import owners_of
from app.trust.service import make_official
from tests import factories
from tests.support.outbox import deliver_twice


@pytest.fixture
def answer(cast):
    return factories.answer(cast.ask(), cast.helper, "Выключить и включить снова.")


def test_curators_and_the_owning_department_make_answers_official_and_nobody_else(cast, answer):
    for stranger in (cast.neighbour, cast.expert, cast.helper, cast.asker):
        with pytest.raises(Forbidden):
            make_official(factories.actor(stranger), answer.public_id, on=True)
    for owner in (cast.curator, cast.clerk, cast.editor):
        make_official(factories.actor(owner), answer.public_id, on=True)
        assert db.session.get_one(ContentTrust, answer.id).state == "official"
        make_official(factories.actor(owner), answer.public_id, on=False)


def test_the_curators_are_asked_whether_something_is_still_true(cast, answer):
    topic_ids = [row.topic_id for row in db.session.query(ContentTopic).all()]
    assert owners_of(topic_ids) == [cast.curator.id]
    assert owners_of([]) == []


@pytest.mark.parametrize(("title", "may"), [(LEARNER, False), (CONNOISSEUR, True)])
def test_a_connoisseur_of_the_topic_confirms(cast, answer, title, may):
    topic_id = db.session.query(ContentTopic).first().topic_id
    known = {"topic_id": topic_id, "strength": 9.0, "givers": 9, "acts": {}, "title": title}
    db.session.merge(Expertise(person_id=cast.neighbour.id, **known))
    db.session.commit()
    if may:
        accept(factories.actor(cast.neighbour), answer.public_id, on=True)
    else:
        with pytest.raises(Forbidden):
            accept(factories.actor(cast.neighbour), answer.public_id, on=True)


def test_an_official_answer_counts_for_its_author_as_long_as_it_is_official(cast, answer):
    def official():
        outbox.run_due()
        db.session.expire_all()
        rows = db.session.query(Expertise).filter_by(person_id=cast.helper.id).all()
        kept = [(row.acts.get("official", 0), row.strength) for row in rows]
        expertise.rebuild()
        outbox.run_due()
        db.session.expire_all()
        rows = db.session.query(Expertise).filter_by(person_id=cast.helper.id).all()
        assert [(row.acts.get("official", 0), row.strength) for row in rows] == kept
        return sum(acts for acts, _strength in kept)

    assert official() == 0
    make_official(factories.actor(cast.curator), answer.public_id, on=True)
    deliver_twice("expertise.count_trusted")
    assert official() == 1
    make_official(factories.actor(cast.curator), answer.public_id, on=False)
    assert official() == 0
