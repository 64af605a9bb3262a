"""The demo company with the longest names that people can think of, and where each of its pages is.

It is what every page is looked at with: everything there is has some rows in it, and nothing fits by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from sqlalchemy import select, text

from app.accounts.models import Preference
from app.accounts.service.passwords import set_one_time_password
from app.core.db import db
from app.core.unit_of_work import unit_of_work
from app.lib.text import fold
from app.organisation.service import set_consent
from app.people.models import Person
from app.people.service import set_photo
from tests import factories
from tests.journeys.company import Employee, employed
from tests.support.live import LiveServer

FIRST, LAST = "Александра-Виктория", "Константинопольская-Преображенская"
WORD = "многофункциональныйинформационнокоммуникационныйтерминал"
ADDRESS = f"https://example.com/{'a' * 160}"
#: A group of every kind has a name of its own, as tables of names are unique: %s becomes a number.
LONG = {
    "regions.name": "Северо-Западно-Центрально-Чернозёмный макрорегион № %s",
    "shops.name": "Салон %s Александровск-Сахалинский-Преображенский",
    "shops.city": "Петропавловск-Камчатский",
    "shops.address": "проспект Шестидесятилетия Образования Многофункциональных Терминалов, дом 146, корпус 25",
    "positions.name": "Старший продавец-консультант отдела аксессуаров и дополнительного оборудования %s",
    "departments.name": "Департамент внутрикорпоративных коммуникаций и взаимодействия с подразделениями %s",
    "groups.name": "Группа наставников-консультантов по товародвижению и мерчандайзингу %s",
    "badges.name_ru": "Высококвалифицированный наставник-консультант № %s",
    "badges.name_en": "Extraordinarily responsible communicator No. %s",
    "rewards.title_ru": "Высокопроизводительная беспроводная аудиогарнитура с шумоподавлением № %s",
    "rewards.title_en": "High-performance uninterruptible telecommunications headset No. %s",
    "files.name": f"отчёт-{WORD}-%s.pdf",
}  # fmt: skip

#: What stands in braces in tests/support/pages.py, and how it is found.
FOUND = {
    "me": "SELECT handle FROM people WHERE personnel_number = '100112'",
    "person": "SELECT handle FROM people WHERE personnel_number = '100120'",
    "person_id": "SELECT id FROM people WHERE personnel_number = '100120'",
    "shop": "SELECT s.code FROM shops s JOIN people p ON p.shop_id = s.id WHERE p.personnel_number = '100112'",
    "department": "SELECT department_id FROM people WHERE personnel_number = '100201'",
    "region": "SELECT code FROM regions ORDER BY id LIMIT 1",
    "group": "SELECT handle FROM groups WHERE handle = 'вопрос-ответ'",
    "own": "SELECT handle FROM groups WHERE handle = 'управляющие'",
    "closed": "SELECT handle FROM groups WHERE handle = 'родители'",
    "rule": "SELECT code FROM reputation_rules ORDER BY id LIMIT 1",
    "badge": "SELECT id FROM badges ORDER BY id LIMIT 1",
    "reward": "SELECT public_id FROM rewards ORDER BY id LIMIT 1",
    "reward_id": "SELECT id FROM rewards ORDER BY id LIMIT 1",
    "expert": "SELECT p.handle FROM expertise e JOIN people p ON p.id = e.person_id"
    " ORDER BY e.strength DESC LIMIT 1",
    "topic": "SELECT t.name FROM topic_care c JOIN topics t ON t.id = c.topic_id"
    " ORDER BY t.publications_count DESC LIMIT 1",
    "other_topic": "SELECT name FROM topics WHERE merged_into_id IS NULL ORDER BY publications_count LIMIT 1",
    "answer": "SELECT a.public_id FROM content_trust t JOIN content_items a ON a.id = t.content_id"
    " WHERE t.state = 'official' AND a.kind = 'answer' ORDER BY a.id LIMIT 1",
    "question": "SELECT q.public_id FROM content_trust t JOIN content_items a ON a.id = t.content_id"
    " JOIN content_items q ON q.id = a.root_id WHERE t.state = 'official' AND a.kind = 'answer' ORDER BY a.id LIMIT 1",
    "news": "SELECT i.public_id FROM content_items i JOIN people p ON p.id = i.author_id"
    " WHERE i.kind = 'news' AND i.state = 'published' AND p.personnel_number = '100112' ORDER BY i.id LIMIT 1",
    "asked_me": "SELECT i.public_id FROM question_asks a JOIN content_items i ON i.id = a.content_id"
    " JOIN question_routings r ON r.content_id = i.id JOIN people p ON p.id = a.person_id"
    " WHERE p.personnel_number = '100112' AND r.state = 'open' AND a.declined_at IS NULL ORDER BY i.id LIMIT 1",
    "others": "SELECT i.public_id FROM content_items i JOIN people p ON p.id = i.author_id"
    " WHERE i.kind = 'news' AND i.state = 'published' AND i.audience = 'company'"
    " AND p.personnel_number = '100201' ORDER BY i.id LIMIT 1",
    "waiting": "SELECT i.public_id FROM question_routings r JOIN content_items i ON i.id = r.content_id"
    " WHERE r.state = 'open' ORDER BY i.id LIMIT 1",
    "hidden": "SELECT public_id FROM content_items WHERE kind = 'question' AND state = 'hidden' ORDER BY id LIMIT 1",
    "reported": "SELECT i.public_id FROM reports r JOIN content_items i ON i.id = r.content_id"
    " WHERE r.state = 'open' ORDER BY i.id LIMIT 1",
    "article": "SELECT i.public_id FROM content_items i JOIN content_revisions r ON r.content_id = i.id"
    " WHERE i.kind = 'article' GROUP BY i.public_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
    "edited": "SELECT i.public_id FROM content_items i JOIN content_revisions r ON r.content_id = i.id"
    " WHERE i.kind = 'news' AND i.state = 'published' GROUP BY i.public_id ORDER BY 1 LIMIT 1",
    "liked": "SELECT public_id FROM content_items WHERE kind = 'news' ORDER BY likes_count DESC LIMIT 1",
    "filer": "SELECT p.handle FROM files f JOIN people p ON p.id = f.owner_id"
    " WHERE f.content_id IS NOT NULL AND f.kind <> 'image' LIMIT 1",
    "thanks": "SELECT i.public_id FROM thanks t JOIN content_items i ON i.id = t.content_id"
    " ORDER BY i.comments_count DESC LIMIT 1",
    "thanked": "SELECT p.handle FROM thanks t JOIN content_items i ON i.id = t.content_id"
    " JOIN thanks_recipients r ON r.content_id = i.id JOIN people p ON p.id = r.person_id"
    " ORDER BY i.comments_count DESC LIMIT 1",
}  # fmt: skip


#: Somebody at a counter whom the company has made its editor, moderator, administrator and the manager of their shop.
SEER = "100112"
MAKE = (
    "UPDATE people SET first_name = :first, last_name = :last, name = :name, sort_name = :sort",
    "UPDATE people SET about = :about, about_html = '<p>' || :about || '</p>'",
    "UPDATE shops SET manager_id = (SELECT id FROM people WHERE personnel_number = :seer)"
    " WHERE id = (SELECT shop_id FROM people WHERE personnel_number = :seer)",
    "INSERT INTO role_grants (person_id, role, granted_at)"
    " SELECT p.id, r.role, 1 FROM people p, (SELECT DISTINCT role FROM role_grants) r WHERE p.personnel_number = :seer"
    " ON CONFLICT DO NOTHING",
    "DELETE FROM group_members WHERE group_id = (SELECT id FROM groups WHERE handle = 'управляющие')"
    " AND person_id = (SELECT id FROM people WHERE personnel_number = :seer)",
    "INSERT INTO group_members (group_id, person_id, role, mandatory, joined_at)"
    " SELECT g.id, p.id, 'owner', false, 1 FROM people p, groups g"
    " WHERE p.personnel_number = :seer AND g.handle = 'управляющие'",
    "UPDATE reward_orders SET person_id = (SELECT id FROM people WHERE personnel_number = :seer) WHERE id % 3 = 0",
)


@dataclass(frozen=True)
class Longest:
    """The company: somebody with every role, somebody who came today, and what fills the braces of addresses."""

    server: LiveServer
    seer: Employee
    newcomer: Employee
    asked: Employee
    names: dict[str, str]

    def speak(self, locale: str) -> None:
        """Have both read in a language from now on."""
        with self.server.data(), unit_of_work():
            for who in (self.seer, self.newcomer, self.asked):
                db.session.merge(Preference(person_id=who.id, locale=locale))

    @contextmanager
    def away(self, table: str) -> Iterator[None]:
        """Something that nobody foresaw: a table of the database is not there."""
        self._call(table, f"{table}_away")
        try:
            yield
        finally:
            self._call(f"{table}_away", table)

    def _call(self, table: str, name: str) -> None:
        with self.server.data(), unit_of_work():
            db.session.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


#: Some have a photo, the others their initials.
SOME_FACES = (
    """UPDATE people SET photo_key = (SELECT photo_key FROM people WHERE id = :seer) WHERE id % 4 = 0"""
)


def grow(server: LiveServer) -> Longest:
    """Give everything in the server's demo company its longest name, and add somebody who came today."""
    with server.data():
        with unit_of_work():
            _rename()
        names = {name: str(db.session.execute(text(query)).scalar_one()) for name, query in FOUND.items()}
        seer = db.session.scalars(select(Person).where(Person.personnel_number == SEER)).one()
        newcomer, uninvited, waits, enters = (factories.person(f"{FIRST} {LAST}") for _each in range(4))
        _ask_for_consent(seer, but_of=waits)
        set_photo(factories.actor(seer), _photo())
        with unit_of_work():
            db.session.execute(text(SOME_FACES), {"seer": seer.id})
        asked = factories.question(seer, f"{WORD * 3} #{WORD} @{seer.handle} {ADDRESS}")
        reply = factories.answer(asked, seer, f"{WORD * 3}\n\n    {'код ' * 80}\n\n> цитата")
        for _depth in range(4):
            reply = factories.comment(asked, seer, WORD * 3, to=reply)
        factories.publication(seer, "\n".join(f"- {WORD * 3}" for _ in range(4)), title=f"{WORD * 3}")
        names |= {"newcomer": newcomer.handle, "uninvited": uninvited.handle, "unbroken": asked.public_id}
        names |= {"number": enters.personnel_number, "once": set_one_time_password(enters.id, by=None)}
        return Longest(server, employed(seer), employed(newcomer), employed(waits), names)


def _ask_for_consent(by: Person, *, but_of: Person) -> None:
    """Everybody has agreed to a text but one."""
    set_consent(factories.actor(by), f"Мы храним: {WORD} {ADDRESS}", f"We keep: {WORD} {ADDRESS}")
    with unit_of_work():
        db.session.execute(
            text(
                "INSERT INTO consents (person_id, version, agreed_at, locale)"
                " SELECT id, (SELECT max(version) FROM consent_texts), 1, 'ru' FROM people WHERE id <> :id"
            ),
            {"id": but_of.id},
        )


def _photo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def _rename() -> None:
    told = {"first": FIRST, "last": LAST, "name": f"{FIRST} {LAST}", "sort": fold(f"{LAST} {FIRST}")}
    for statement in MAKE:
        db.session.execute(text(statement), {**told, "about": f"{WORD * 2} {ADDRESS}", "seer": SEER})
    for place, name in LONG.items():
        table, _, column = place.partition(".")
        ids = db.session.scalars(text(f"SELECT id FROM {table} ORDER BY id")).all()
        for number, row in enumerate(ids, 1):
            values = {"name": name.replace("%s", str(number)), "id": row}
            db.session.execute(text(f"UPDATE {table} SET {column} = :name WHERE id = :id"), values)
