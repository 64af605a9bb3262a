import pytest

from app.content.schemas import Edit
from app.content.service import changing
from app.core.errors import Invalid
from app.groups.models import CLOSED, SECRET
from app.search import service
from app.search.schemas import PAGE, SearchIsDown
from tests import factories
from tests.features.search.reading import bodies, said
from tests.support.statements import counting


def marked(pieces):
    return [piece.text for piece in pieces if piece.found]


def test_publications_and_comments_in_any_word_form(anna, find):
    news = factories.publication(anna, "Запускаем акции для постоянных покупателей")
    factories.comment(news, body="Какой срок у акции?")
    factories.publication(anna, "Return policy has changed")

    page = find(anna, "акциями")
    assert bodies(page) == ["Какой срок у акции?", "Запускаем акции для постоянных покупателей"]
    assert page.counts == {"publication": 1, "comment": 1}
    assert marked(page.texts[0].snippet) == ["акции"]
    assert bodies(find(anna, "returned policies")) == ["Return policy has changed"]


def test_a_comment_tells_where_it_stands(anna, find):
    asked = factories.question(anna, "Как вернуть телефон?")
    answer = factories.answer(asked, body="Через форму номер семь")
    (found,) = find(anna, "форма").texts
    assert (found.kind, found.url) == ("answer", f"/p/{asked.public_id}#c-{answer.public_id}")
    assert said(found.title) == "Как вернуть телефон?"


def test_people_by_any_form_of_the_name_by_its_beginning_and_in_latin(anna, find):
    factories.person("Антон Иванов")
    for q in ("Петровой", "анну петрову", "петр", "petrova", "Кассир", "анн"):
        found = find(anna, q).people
        assert [one.person.name for one in found] == ["Анна Петрова"], q
    assert marked(find(anna, "петр").people[0].name) == ["Петрова"]


def test_words_typed_in_the_other_keyboard_layout(anna, find):
    factories.publication(anna, "Ставка в процентах")
    page = find(anna, "ghjwtyn")
    assert page.read_as == "процент"
    assert bodies(page) == ["Ставка в процентах"]


def test_topics_and_groups(anna, find):
    factories.publication(anna, "Новые цены #акции")
    factories.group("Акции недели")
    service.rebuild()
    page = find(anna, "акция")
    assert [topic.name for topic in page.topics] == ["акции"]
    assert [group.name for group in page.groups] == ["Акции недели"]
    assert bodies(find(anna, "#Акции", kind="publication")) == ["Новые цены #акции"]


def test_one_kind_is_listed_and_all_are_counted(anna, find):
    news = factories.publication(anna, "тариф")
    factories.comment(news, body="тариф")
    page = find(anna, "тариф", kind="comment")
    assert [text.kind for text in page.texts] == ["comment"]
    assert page.total == 1
    assert page.counts == {"publication": 1, "comment": 1}
    assert page.people == page.topics == page.groups == ()


def test_pages_follow_each_other(anna, find):
    ids = {factories.publication(anna, f"тариф {number}").public_id for number in range(PAGE + 3)}
    first, second = find(anna, "тариф"), find(anna, "тариф", page=2)
    assert (first.total, first.next_page, second.next_page) == (PAGE + 3, 2, None)
    assert {text.public_id for text in (*first.texts, *second.texts)} == ids
    assert len(first.texts) == PAGE


def test_newest_first(anna, find, frozen_clock):
    for number in range(3):
        frozen_clock.advance(frozen_clock.HOUR)
        factories.publication(anna, f"номер{number} тариф" + " тариф" * (2 - number))
    shown = bodies(find(anna, "тариф", order="newest"))
    assert [text.split()[0] for text in shown] == ["номер2", "номер1", "номер0"]


def test_the_accepted_answer_is_told(anna, find):
    from app.questions.service import accept

    asked = factories.question(anna, "Где касса?")
    answer = factories.answer(asked, body="Касса слева")
    factories.answer(asked, body="Касса справа")
    assert find(anna, "касса", kind="publication").texts[0].question_state == "waiting"
    accept(factories.actor(anna), answer.public_id, on=True)
    page = find(anna, "касса")
    assert {said(text.snippet): (text.question_state, text.accepted) for text in page.texts} == {
        "Где касса?": ("answered", False),
        "Касса слева": (None, True),
        "Касса справа": (None, False),
    }


def test_edited_deleted_and_commented_texts(anna, find):
    news = factories.publication(anna, "старое слово")
    comment = factories.comment(news, anna, "замечание")
    assert bodies(find(anna, "старое")) == ["старое слово"]
    changing.edit(factories.actor(anna), news.public_id, Edit("новое слово", news.revision))
    assert bodies(find(anna, "старое")) == []
    assert bodies(find(anna, "новое")) == ["новое слово"]
    changing.delete(factories.actor(anna), comment.public_id)
    assert find(anna, "замечание").counts == {}
    factories.comment(news, body="ремарка")
    assert find(anna, "ремарка").counts == {"comment": 1}
    changing.delete(factories.actor(anna), news.public_id)
    assert find(anna, "ремарка").counts == find(anna, "новое").counts == {}


@pytest.mark.parametrize("visibility", [CLOSED, SECRET])
def test_what_stands_in_a_closed_group_is_for_its_members(find, visibility):
    owner, charlie = factories.person("Ольга Белова"), factories.person("Чарли Браун")
    group = factories.group("Планёрка", visibility=visibility, owner=owner)
    service.rebuild()
    news = factories.publication(owner, "Секретный тариф #тайна", place=group)
    factories.comment(news, owner, "тариф обсудили")
    inside, outside = find(owner, "тариф"), find(charlie, "тариф")
    assert inside.counts == {"publication": 1, "comment": 1}
    assert (outside.total, outside.counts, outside.texts, outside.next_page) == (0, {}, (), None)
    assert find(charlie, "тайна").counts == {}
    known = find(charlie, "планерка").counts
    assert known == ({"group": 1} if visibility == CLOSED else {})
    assert find(owner, "планерка").counts == {"group": 1}


def test_an_outdated_index_shows_nothing_forbidden(anna, find, close_silently):
    owner = factories.person("Ольга Белова")
    group = factories.group("Планёрка", owner=owner)
    factories.publication(owner, "тариф", place=group)
    assert len(find(anna, "тариф").texts) == 1
    close_silently(group)
    assert find(anna, "тариф").texts == ()


def test_moderation_hides_and_restores(anna, find):
    from app.content.policy import access_item
    from app.content.service import moderating
    from app.core.unit_of_work import unit_of_work

    moderator = factories.person(roles=["moderator"])
    news = factories.publication(anna, "грубость")
    factories.comment(news, body="поддакивание")

    def moderate(act):
        with unit_of_work():
            item, root = access_item(factories.actor(moderator), news.public_id, lock=True)
            act(item, root, moderator.id)

    moderate(moderating.hide)
    assert find(anna, "грубость").counts == find(anna, "поддакивание").counts == {}
    moderate(moderating.restore)
    assert find(anna, "грубость").counts == {"publication": 1}
    assert find(anna, "поддакивание").counts == {"comment": 1}


@pytest.mark.parametrize("wanted", [{"kind": "folder"}, {"order": "oldest"}, {"page": 0}, {"page": 51}])
def test_nonsense_is_refused(anna, find, wanted):
    with pytest.raises(Invalid):
        find(anna, "тариф", **wanted)


@pytest.mark.parametrize("q", ["", "  ", "\u200b", "???", "и", "x" * 10_000, "\ud800", "%_\\", "' OR 1=1 --"])
def test_strange_questions_find_nothing(anna, find, q):
    factories.publication(anna, "тариф")
    assert find(anna, q).texts == ()


def test_without_an_index_search_says_so(anna, find, index):
    find(anna, "тариф")
    (index / "current").unlink()
    with pytest.raises(SearchIsDown):
        find(anna, "тариф")
    service.rebuild()
    assert find(anna, "Петрова").counts == {"person": 1}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "publication", "person"])
def test_statements_do_not_grow_with_the_results(anna, find, kind):
    def statements():
        find(anna, "тариф", kind=kind)
        with counting() as made:
            find(anna, "тариф", kind=kind)
        return len(made)

    asked = factories.question(anna, "тариф #тариф")
    factories.answer(asked, body="тариф")
    factories.person("Тариф Первый")
    factories.group("Тариф")
    service.rebuild()
    few = statements()
    for number in range(8):
        news = factories.question(factories.person(f"Тариф Номер{number}"), f"тариф {number}")
        factories.answer(news, body="тариф")
    service.rebuild()
    # The ninth reads the settings, which every page reads anyway.
    assert statements() == few <= 9
