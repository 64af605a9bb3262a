"""What surrounds the threads of a dump: history, links, votes, badges, licences, and rows that lead nowhere."""

import pytest
from sqlalchemy import select

from app.badges.queries import cabinet
from app.content.models import PersonOrigin, Reaction
from app.core.clock import as_datetime
from app.core.db import db
from app.people.models import Person
from tests import factories
from tests.features.imports import dumps
from tests.features.imports.test_dump_import import ANN, BOB, THREAD, reasons


class TestHistory:
    def test_edits_are_revisions_with_editor_and_reason(self, bring_in, site):
        bring_in(
            Users=[ANN, BOB],
            Posts=[dumps.question(1, 1, "New title"), dumps.question(2, 1)],
            PostHistory=[
                dumps.history(1, 1, 2, "First #body\r\n", 1), dumps.history(2, 1, 1, "Old title", 1),
                dumps.history(3, 1, 3, "<hops>", 1),
                dumps.history(4, 1, 5, "Second body", 2, editor=2, Comment="spelling"),
                dumps.history(5, 1, 6, "<ipa>", 3), dumps.history(6, 1, 4, "New title", 4, editor=None),
                dumps.history(7, 2, 2, "Never edited", 1), dumps.history(8, 99, 2, "Gone", 1),
            ],
        )  # fmt: skip
        revisions = site().snapshot()["revisions"]
        assert {key: value[:3] + value[4:] for key, value in revisions.items()} == {
            ("post:1", 1): ("Old title", "First \\#body", "user:1", ""),
            ("post:1", 2): ("Old title", "Second body", "user:2", "spelling"),
            ("post:1", 3): ("New title", "Second body", None, ""),
        }
        assert site().items["post:1"].revision == 3
        assert site().items["post:2"].revision == 1


class TestRest:
    def test_links_join_questions(self, bring_in, site):
        report = bring_in(
            Users=[ANN],
            Posts=[dumps.question(1, 1), dumps.question(2, 1), dumps.answer(3, 2, 1)],
            PostLinks=[
                dumps.link(1, 1, 2), dumps.link(2, 1, 2, 3), dumps.link(3, 3, 1), dumps.link(4, 3, 2),
                dumps.link(5, 1, 77), dumps.link(6, 1, 2, 9), dumps.link(7, 1, 2),
            ],
        )  # fmt: skip
        assert site().snapshot()["links"] == {
            ("post:1", "post:2", "linked"), ("post:1", "post:2", "duplicate"), ("post:2", "post:1", "linked"),
        }  # fmt: skip
        assert reasons(report) == [
            ("PostLinks.xml", "5", "one of the posts it joins is not in the dump"),
            ("PostLinks.xml", "6", "links of this kind are not known"),
        ]

    def test_votes_and_badges_are_kept_as_they_came(self, bring_in, site):
        bring_in(**THREAD, Badges=[dumps.badge(1, 2)])
        records = site().records
        assert records["vote:6"] == {"PostId": 10, "VoteTypeId": 5, "CreationDate": "2014-01-24", "UserId": 3}
        assert records["badge:1"]["Name"] == "Teacher"
        assert sum(key.startswith("vote:") for key in records) == 6

    def test_badges_stand_in_the_cabinet_under_their_own_names(self, bring_in, client):
        given = [dumps.badge(number, 2, "Teacher" if number < 4 else "Critic") for number in range(1, 5)]
        bring_in(**THREAD, Badges=given)
        bob = db.session.scalars(select(Person).join(PersonOrigin).where(PersonOrigin.key == "user:2")).one()
        assert [(each.name, each.count) for each in cabinet(bob.id, None).elsewhere] == [
            ("Teacher", 3),
            ("Critic", 1),
        ]
        client.sign_in(factories.person())
        page = client.get(f"/people/{bob.handle}/badges").text
        assert "Teacher" in page
        assert f'/people/{bob.handle}/badges" aria-current' in page
        bring_in(**THREAD, Badges=given[:1])
        assert [(each.name, each.count) for each in cabinet(bob.id, None).elsewhere] == [("Teacher", 1)]

    def test_likes_have_a_day_and_no_person(self, bring_in):
        bring_in(**THREAD)
        likes = db.session.scalars(select(Reaction).where(Reaction.source_key.startswith("vote:"))).all()
        assert {like.person_id for like in likes} == {None}
        assert {as_datetime(like.created_at).isoformat() for like in likes} == {"2014-01-24T00:00:00+00:00"}

    def test_rows_that_lead_nowhere_are_reported_and_left_out(self, bring_in, site):
        report = bring_in(
            Users=[ANN],
            Posts=[
                dumps.question(1, 1, AcceptedAnswerId=55), dumps.answer(2, 44, 1),
                {"Id": 3, "PostTypeId": 7, "CreationDate": dumps.DAY},
                {"Id": 4, "PostTypeId": 5, "CreationDate": dumps.DAY},
            ],
            Comments=[dumps.comment(1, 2, 1), dumps.comment(2, 4, 1), dumps.comment(3, 66, 1)],
            Votes=[dumps.vote(1, 66), dumps.vote(2, 4)],
            Badges=[dumps.badge(1, 66)],
        )  # fmt: skip
        assert set(site().items) == {"post:1"}
        assert sorted(reasons(report)) == [
            ("Badges.xml", "1", "the user who was given it is not in the dump"),
            ("Comments.xml", "1", "the post it belongs to is not a question or answer"),
            ("Comments.xml", "2", "the post it belongs to is not a question or answer"),
            ("Comments.xml", "3", "the post it belongs to is not in the dump"),
            ("Posts.xml", "1", "the accepted answer is not among the question's answers"),
            ("Posts.xml", "2", "the question it answers is not in the dump"),
            ("Posts.xml", "3", "posts of this kind (wiki placeholder) have no place here"),
            ("Votes.xml", "1", "the post it was cast on is not in the dump"),
        ]

    def test_an_empty_site_is_no_error(self, bring_in, site):
        report = bring_in()
        assert site().items == {}
        assert reasons(report) == []

    @pytest.mark.parametrize(
        ("stated", "day", "licence"),
        [("", "2010-01-01", "CC BY-SA 2.5"), ("", "2015-01-01", "CC BY-SA 3.0"), ("", "2019-01-01", "CC BY-SA 4.0"),
         ("CC0", "2019-01-01", "CC0")],
    )  # fmt: skip
    def test_the_licence_is_stated_or_that_of_the_day(self, bring_in, site, stated, day, licence):
        bring_in(
            Users=[ANN], Posts=[dumps.question(1, 1, ContentLicense=stated, CreationDate=f"{day}T00:00:00")]
        )
        assert site().origins["post:1"].licence == licence
