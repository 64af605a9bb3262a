"""Articles are official, limited and checked as answers are."""

from datetime import date

from app.articles.schemas import ArticleText, ChangeArticle
from app.articles.service import change, pass_on
from app.core import outbox
from app.core.db import db
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
