"""Articles are official, limited and checked as answers are."""

from datetime import date

from app.articles.schemas import ArticleText, ChangeArticle
from app.articles.service import change, pass_on
from app.core import outbox
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.expertise.models import Expertise
from app.reputation.models import Balance
from app.reputation.queries import levels
from app.trust.models import ContentTrust
from app.trust.schemas import Limits, SetLimits
from app.trust.service import make_official, set_limits
from tests.factories import people


def trust(item):
    db.session.expire_all()
    return db.session.get(ContentTrust, item.id)


def test_an_official_article_says_so_everywhere_and_is_checked_when_others_change_it(client, article):
    owner, editor = people.person(), people.person(roles=["editor"])
    item = article(owner, topics="#возврат")
    make_official(people.actor(editor), item.public_id, on=True)
    outbox.run_due()
    client.sign_in(people.person())
    for page in (f"/p/{item.public_id}", "/articles", "/topics/возврат"):
        assert "state--official" in client.get(page).text, page
    change(
        people.actor(people.person(roles=["editor"])),
        item.public_id,
        ChangeArticle(ArticleText("Новое", "Иначе"), 1),
    )
    outbox.run_due()
    assert trust(item).state == "check"
    assert "state--check" in client.get(f"/p/{item.public_id}").text


def test_those_who_know_confirm_it_and_are_asked_again_when_it_is_rewritten(client, article):
    owner, strangers = people.person("Ольга Хозяйка"), people.person()
    experts = [people.person() for _ in range(3)]
    with unit_of_work():
        db.session.add_all(
            Balance(person_id=each.id, account="reputation", points=levels()[4]) for each in experts
        )
    item = article(owner, topics="#возврат")
    address = f"/items/{item.public_id}/confirm"
    assert address not in client.sign_in(strangers).get(f"/items/{item.public_id}/trust").text
    assert client.post(address, data={"on": "1"}).status_code == 403
    assert client.sign_in(owner).post(address, data={"on": "1"}).status_code == 403
    assert address in client.sign_in(experts[0]).get(f"/items/{item.public_id}/trust").text
    for _ in range(2):
        client.post(address, data={"on": "1"})
    outbox.run_due()
    # One is praise already, but not enough.
    (known,) = db.session.query(Expertise).filter_by(person_id=owner.id)
    assert (known.acts, trust(item).state) == ({"confirmed": 1}, "opinion")
    client.sign_in(experts[1]).post(address, data={"on": "1"})
    assert trust(item).state == "confirmed"
    assert "state--answered" in client.get(f"/p/{item.public_id}").text

    text = ArticleText("Новое", "Иначе", topics="#возврат")
    change(people.actor(owner), item.public_id, ChangeArticle(text, 1))
    outbox.run_due()
    assert (trust(item).state, trust(item).changed_from) == ("check", 1)
    told = "статья, которую вы подтвердили, переписана"
    assert told in client.get("/notifications").text
    assert told not in client.sign_in(experts[2]).get("/notifications").text
    assert client.sign_in(owner).post(f"/items/{item.public_id}/checked").status_code == 403
    for each in experts[1:]:
        client.sign_in(each).post(f"/items/{item.public_id}/checked")
    assert trust(item).state == "confirmed"
    client.post(address, data={"on": "0"})
    outbox.run_due()
    assert trust(item).state == "opinion"
    # Who confirmed what it said before has praised it all the same.
    assert db.session.query(Expertise).filter_by(person_id=owner.id).one().acts == {"confirmed": 2}


def test_what_is_over_is_grey_and_its_present_owner_is_asked(client, article):
    owner, other, editor = people.person(), people.person(), people.person(roles=["editor"])
    item = article(owner)
    assert trust(item).owner_id == owner.id
    set_limits(
        people.actor(editor),
        item.public_id,
        SetLimits(Limits(valid_until=date(2020, 1, 1)), f"@{owner.handle}"),
    )
    pass_on(people.actor(owner), item.public_id, other.handle)
    assert trust(item).owner_id == other.id
    page = client.sign_in(other).get(f"/p/{item.public_id}").text
    assert "is-beyond" in page
