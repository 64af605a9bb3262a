"""What is typed, understood as the reader may: operators, people in any spelling, repairs, words that mean the same."""

from html import unescape

from sqlalchemy import select

from app.core import clock, outbox
from app.core.db import db
from app.groups.models import SECRET
from app.people.service import staff
from app.search import service
from app.vocabulary.models import MissedDay
from tests import factories
from tests.features.search.reading import found, names
from tests.support.statements import counting


def test_from_finds_what_somebody_wrote_in_any_spelling_of_the_name(anna, find):
    olga = factories.person("Ольга Щукина")
    factories.publication(anna, "тариф от Анны")
    factories.publication(olga, "тариф от Ольги")
    for q in ("from:Щукиной тариф", "от:щук", "from:shchukina", f"from:@{olga.handle}", 'от:"Ольга Щукина"'):
        page = find(anna, q)
        assert found(page) == ["тариф от Ольги"], q
        assert page.people == ()
    assert found(find(anna, "тариф от:я")) == ["тариф от Анны"]
    assert found(find(anna, "from:me from:Щукина")) == ["тариф от Анны", "тариф от Ольги"]


def test_in_finds_what_stands_in_a_group_or_on_a_page(anna, find):
    shop = factories.shop("У112")
    department = factories.department("Отдел заботы")
    group = factories.group("Новости компании", owner=anna)
    service.rebuild()
    factories.publication(anna, "тариф в ленте")
    factories.publication(anna, "тариф в группе", place=group)
    page = factories.publication(anna, "тариф салона", place=shop)
    factories.comment(page, body="тариф спросили в салоне")
    factories.publication(anna, "тариф отдела", place=department)
    for q in ("в:новости тариф", 'in:"Новости компании"', f"in:@{group.handle}"):
        assert found(find(anna, q)) == ["тариф в группе"], q
    for q in ("in:У112", "in:у112 тариф", "in:e112", "в:u112"):
        assert found(find(anna, q)) == ["тариф салона", "тариф спросили в салоне"], q
    assert found(find(anna, 'in:"отдел заботы"')) == found(find(anna, "в:заботы")) == ["тариф отдела"]


def test_a_hidden_name_is_like_one_that_does_not_exist(anna, find):
    owner = factories.person("Ольга Белова")
    secret = factories.group("Сюрприз", visibility=SECRET, owner=owner)
    service.rebuild()
    factories.publication(owner, "тайна #сюрпризище", place=secret)
    assert found(find(owner, "in:Сюрприз")) == ["тайна #сюрпризище"]
    for q in ("in:Сюрприз", f"in:{secret.handle}", f"@{secret.handle}"):
        hidden, missing = find(anna, q), find(anna, q.replace("юрприз", "юрпризы"))
        assert len(hidden.unknown) == 1
        assert (hidden.total, hidden.counts, hidden.texts) == (missing.total, missing.counts, missing.texts)
        assert len(missing.unknown) == 1
    assert find(anna, "#сюрпризище").counts == find(anna, "сюрпризищу").counts == {}
    assert find(anna, "сюрпризишче").read_as == ""


def test_days_begin_where_the_reader_is(find, anna, frozen_clock):
    """The clock stands at noon in Moscow; thirteen hours later it is tomorrow there, and not yet in London."""
    factories.publication(anna, "тариф вчера")
    frozen_clock.advance(13 * clock.HOUR)
    factories.publication(anna, "тариф сегодня")
    assert found(find(anna, "тариф after:today")) == ["тариф сегодня"]
    assert found(find(anna, "до:сегодня")) == ["тариф вчера"]
    assert found(find(anna, "после:вчера до:сегодня")) == ["тариф вчера"]
    assert found(find(anna, "before:2001")) == []


def test_people_in_any_spelling(anna, find):
    factories.person("Юлия Щукина")
    factories.person("Dmitry Khabarov")
    service.rebuild()
    for q in ("Julia", "iuliia", "schukina", "Щукиной", "yulia shchuk", "oerby"):
        assert "Юлия Щукина" in names(find(anna, q)), q
    for q in ("Хабаров", "Хабарову Дмитрию", "дмитрий", "хаба"):
        assert names(find(anna, q)) == ["Dmitry Khabarov"], q


def test_a_person_by_the_end_of_the_phone_as_long_as_it_may_be_seen(anna, find):
    boris = factories.person("Борис Котов", phone="+79161234567")
    factories.publication(anna, "Артикул 4567 снят")
    service.rebuild()
    for q in ("4567", "123-45-67", "8 (916) 123-45-67", "+79161234567"):
        assert names(find(anna, q)) == ["Борис Котов"], q
    assert (
        names(find(anna, "567")) == names(find(anna, "5567")) == names(find(anna, "+7 916 999-45-67")) == []
    )
    assert names(find(anna, "артикул 4567")) == []
    assert found(find(anna, "4567")) == ["Артикул 4567 снят"]
    staff.mark_left(boris.id, on=clock.today())
    outbox.run_due()
    assert names(find(anna, "4567")) == []


def test_a_phone_number_is_looked_for_whole_however_it_is_written(anna, find):
    factories.publication(anna, "Дежурный: +7 (916) 123-45-67")
    factories.publication(anna, "Чехол 123, стекло 45, кабель 67, итого 916")
    service.rebuild()
    for q in ("8-916-123-45-67", "8 (916) 123-45-67", "916 123 45 67", "123-45-67"):
        assert found(find(anna, q)) == ["Дежурный: +7 (916) 123-45-67"], q
    for body in ("+79161112233", "Звоните 89161112233", "или 8-916-111-22-33"):
        factories.publication(anna, body)
    service.rebuild()
    for q in ("+79161112233", "89161112233"):
        assert found(find(anna, q)) == ["+79161112233", "Звоните 89161112233", "или 8-916-111-22-33"], q


def test_a_name_behind_an_operator_is_put_right(anna, find):
    """As long as the reader may know of whoever is meant."""
    olga = factories.person("Ольга Никитина")
    group = factories.group("Мерчандайзинг", owner=anna)
    secret = factories.group("Мозаика", visibility=SECRET, owner=olga)
    factories.publication(olga, "тариф от Ольги")
    factories.publication(anna, "тариф в группе", place=group)
    factories.publication(olga, "мозаика из тарифов", place=secret)
    service.rebuild()
    for q, meant, says in (
        ("from:Никтина тариф", "from:никитина тариф", "тариф от Ольги"),
        ('тариф from:"Ольга Нкитина"', 'тариф from:"Ольга никитина"', "тариф от Ольги"),
        ("в:мерчендайзинг тариф", "в:мерчандайзинг тариф", "тариф в группе"),
    ):
        page = find(anna, q)
        assert (page.read_as, page.instead, found(page)) == (meant, q, [says]), q
        exact = find(anna, q, exact=True)
        assert (exact.read_as, len(exact.unknown), exact.texts) == ("", 1, ()), q
    assert find(olga, "в:мозайка").read_as == "в:мозаика"
    assert (find(anna, "в:мозайка").read_as, find(anna, "в:мозайка").unknown) == ("", ("in:мозайка",))


def test_operators_cost_few_statements(anna, find):
    group = factories.group("Новости компании", owner=anna)
    factories.publication(anna, f"тариф @{anna.handle}", place=group)
    q = f'тариф from:Петровой in:"Новости компании" @{anna.handle} after:2000'
    assert len(find(anna, q).texts) == 1
    with counting() as made:
        find(anna, q)
    assert len(made) <= 9


def test_hundreds_of_operators_cost_no_more_than_a_few(anna, find):
    find(anna, "тариф")
    with counting() as made:
        find(anna, " ".join(f"from:{number}" for number in range(30)))
        find(anna, " ".join(f"in:{number}" for number in range(45)))
    assert len(made) <= 30


def test_the_page_says_what_it_did_and_how_to_search(client, anna, index):
    factories.publication(anna, "процент <b>")
    outbox.run_due()
    browser = client.sign_in(anna)
    html = browser.get("/search?q=ghjwtyn").text
    assert "/search?q=ghjwtyn&amp;exact=1" in html
    html = browser.get("/search?q=ghjwtyn&exact=1").text
    assert "kind=question" in html  # the form for asking, filled in
    assert "in:нигде" in browser.get("/search?q=in:нигде").text
    help_page = browser.get("/search/help")
    assert help_page.status_code == 200
    assert "/search?q=ghjwtyn" in help_page.text


def test_only_a_search_that_finds_nothing_at_all_is_counted(client, database, index):
    browser = client.sign_in(factories.person("Анна Петрова"))
    service.rebuild()
    for q in ("Петрова", "инопланетяне is:question", "инопланетяне&kind=person", "инопланетяне&page=2"):
        browser.get(f"/search?q={q}")
    assert db.session.scalars(select(MissedDay.times)).all() == []
    assert browser.get("/search?q=инопланетяне").status_code == 200
    assert db.session.scalars(select(MissedDay.times)).all() == [1]


def test_a_mistyped_topic_or_mention_is_put_right(anna, find, client):
    """As long as the reader may know of what is meant, and only one is."""
    olga = factories.person("Ольга Никитина")
    secret = factories.group("Планёрка", visibility=SECRET, owner=olga)
    factories.publication(anna, "сверка #эквайринг")
    factories.publication(anna, "чек #возврат_товара")
    factories.publication(anna, f"спасибо, @{olga.handle}")
    factories.publication(olga, "тайна #юбилей", place=secret)
    find(anna, "чек")
    service.rebuild()
    misspelt = olga.handle.replace("никитина", "нкитина")
    assert misspelt != olga.handle
    for q, meant, says in (
        ("#эквайрниг", "#эквайринг", "сверка #эквайринг"),
        ("#'rdfqhbyu", "#эквайринг", "сверка #эквайринг"),
        ("#возрват_товара", "#возврат_товара", "чек #возврат_товара"),
        (f"@{misspelt}", f"@{olga.handle}", "спасибо, @Ольга Никитина"),
        ("@никтина", f"@{olga.handle}", "спасибо, @Ольга Никитина"),
    ):
        page = find(anna, q)
        assert (page.read_as, page.instead, found(page)) == (meant, q, [says]), q
        assert (find(anna, q, exact=True).read_as, find(anna, q, exact=True).texts) == ("", ()), q
    assert find(olga, "#юбиелй").read_as == "#юбилей"
    assert (find(anna, "#юбиелй").read_as, find(anna, "#юбиелй").texts) == ("", ())
    # Of two people neither is chosen for the reader.
    other = factories.person("Анна Никитина")
    service.rebuild()
    page = find(anna, "@никтина спасибо")
    assert (page.read_as, page.unknown) == ("", ("@никтина",))
    assert set(page.choices) == {f"@{olga.handle} спасибо", f"@{other.handle} спасибо"}
    assert find(anna, "@никтина спасибо", exact=True).choices == ()
    html = unescape(client.sign_in(anna).get("/search?q=@никтина спасибо").text)
    assert html.count(f'">@{olga.handle} спасибо</a>') == 1
