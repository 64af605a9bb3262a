"""The plan of a demo company: believable, reproducible, and true to the rules of the network."""

from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from app.cli.demo.cast import CAST, SIGN_INS, place_of
from app.cli.demo.company import plan_company
from app.cli.demo.rhythm import DAYS, day_of
from app.cli.demo.sizes import SIZES
from app.cli.demo.society import group_handles
from app.cli.demo.vocabulary import jobs
from app.core import clock
from app.lib.handles import is_handle
from tests.features.demo.conftest import NOW, Plan

ZONES = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}


def hours_before_utc(zone):
    return clock.as_datetime(NOW).astimezone(ZoneInfo(zone)).utcoffset().total_seconds() / 3600


def test_the_same_seed_makes_the_same_company(plan):
    again = Plan()
    assert again.company.people == plan.company.people
    assert [group.members for group in again.society.groups] == [
        group.members for group in plan.society.groups
    ]
    assert again.stories == plan.stories


def test_another_seed_makes_another_company(plan):
    other = Plan(seed=2)
    assert other.company.people[len(CAST) :] != plan.company.people[len(CAST) :]
    assert other.company.people[0] == plan.company.people[0]


def test_no_two_shops_have_one_code_whatever_the_seed():
    size = SIZES["small"]
    for seed in range(20):
        codes = Counter(shop.code for shop in plan_company(size, seed, day_of(NOW), set()).shops)
        assert codes.most_common(1)[0][1] == 1, f"seed {seed}"


def test_another_hour_of_the_day_tells_the_same_stories(plan):
    later = Plan(now=NOW + clock.HOUR)
    assert [text.source for text in later.texts()] == [text.source for text in plan.texts()]
    assert later.company.people == plan.company.people
    assert later.stories[0] == plan.stories[0]
    assert plan.stories[-1].at < later.stories[-1].at < NOW + clock.HOUR


def test_numbers_are_those_of_the_size(plan):
    size = plan.size
    assert len(plan.company.people) == size.people
    assert len(plan.company.shops) == size.shops
    assert len(plan.society.groups) == size.groups
    assert len(plan.stories) == size.publications
    assert sum(len(story.remarks) for story in plan.stories) == size.comments


def test_a_large_company_spans_eleven_time_zones():
    size = SIZES["1x"]
    company = plan_company(size, 1, date(2026, 11, 21), group_handles(size))
    assert len(company.people) == 16_000
    assert {hours_before_utc(shop.city.zone) for shop in company.shops} == ZONES
    assert len({shop.code for shop in company.shops}) == len(company.shops) == 2_500
    assert all(shop.manager >= 0 for shop in company.shops)
    assert min(len(staff) for staff in company.by_shop) >= 2


def test_everybody_has_a_handle_a_manager_and_a_past(plan):
    people = plan.company.people
    handles = [person.handle for person in people]
    assert len(set(handles)) == len(handles)
    assert all(is_handle(handle) for handle in handles)
    assert not set(handles) & {group.handle for group in plan.society.groups}
    assert [person.position for person in people if person.manager is None] == [jobs.CHIEF_EXECUTIVE]
    for person in people:
        assert person.hired <= plan.company.today
        assert (person.shop is None) != (person.department is None)
        assert person.left is None or person.hired < person.left <= plan.company.today
        if person.earlier:
            assert person.earlier.started <= person.earlier.ended <= plan.company.today


def test_a_third_writes_and_a_few_write_much(plan):
    written = Counter(story.author for story in plan.stories)
    written.update(remark.author for story in plan.stories for remark in story.remarks)
    assert 0.2 < len(written) / plan.size.people < 0.45
    by_diligence = sorted(written.values(), reverse=True)
    assert sum(by_diligence[: len(by_diligence) // 5]) > 0.35 * sum(by_diligence)


def test_texts_are_long_enough_and_mostly_russian(plan):
    sources = [text.source for text in plan.texts()]
    russian = sum(any("а" <= char <= "я" for char in source) for source in sources)
    assert 190 < sum(map(len, sources)) / len(sources) < 270
    assert 0.7 < russian / len(sources) < 0.9
    assert len(set(sources)) > 0.8 * len(sources)


def test_time_runs_forward_and_ends_now(plan):
    moments = [story.at for story in plan.stories]
    assert moments == sorted(moments)
    assert moments[0] > NOW - (DAYS + 1) * clock.DAY
    assert NOW - moments[-1] < 10 * clock.MINUTE
    for story in plan.stories:
        before = story.at
        for remark in story.remarks:
            assert before < remark.at < NOW
            assert all(remark.at < like.at < NOW for like in remark.likes)
            assert remark.reply_to is None or story.remarks[remark.reply_to].at < remark.at
            before = remark.at


def test_people_write_in_their_working_hours():
    plan = Plan(size=SIZES["small"])
    hours = Counter()
    for story in plan.stories:
        zone = plan.company.people[story.author].city.zone
        hours[clock.as_datetime(story.at).astimezone(ZoneInfo(zone)).hour] += 1
    night = sum(hours[hour] for hour in range(6))
    assert night < 0.06 * sum(hours.values())


def test_questions_get_answers_and_some_wait(plan):
    questions = [story for story in plan.stories if story.kind == "question"]
    answered = [story for story in questions if any(remark.answer for remark in story.remarks)]
    accepted = [story for story in questions if story.accepted is not None]
    assert 0.65 < len(answered) / len(questions) < 0.97
    assert len(accepted) > 0.5 * len(questions)
    for story in accepted:
        best = story.remarks[story.accepted]
        assert best.answer
        assert best.reply_to is None
        assert best.author != story.author
        assert story.accepted_at > best.at


def test_only_members_write_like_and_are_named_inside_closed_groups(plan):
    people = {person.handle: index for index, person in enumerate(plan.company.people)}
    inside = [story for story in plan.stories if (group := plan.group_of(story)) and group.inside_only]
    assert any(plan.group_of(story).visibility == "secret" for story in inside)
    for story in inside:
        members = set(plan.group_of(story).members)
        taking_part = {story.author, *(like.person for like in story.likes)}
        for remark in story.remarks:
            taking_part |= {remark.author, *(like.person for like in remark.likes)}
            taking_part |= {people[handle] for handle in remark.text.handles if handle in people}
        taking_part |= {people[handle] for handle in story.text.handles if handle in people}
        assert taking_part <= members


def test_only_keepers_publish_where_only_keepers_may(plan):
    for story in plan.stories:
        group = plan.group_of(story)
        if group and group.who_posts == "moderators":
            assert story.author == group.members[0]


def test_nobody_likes_twice_or_themselves(plan):
    for story in plan.stories:
        for written in (story, *story.remarks):
            likers = [like.person for like in written.likes]
            assert len(set(likers)) == len(likers)
            assert written.author not in likers


def test_who_has_left_writes_no_more(plan):
    people = plan.company.people
    for story in plan.stories:
        for written in (story, *story.remarks):
            left = people[written.author].left
            assert left is None or clock.as_datetime(written.at).date() < left


def test_people_to_sign_in_as_are_known_everywhere(plan):
    for index, member in enumerate(CAST):
        person = plan.company.people[index]
        assert (person.number, person.first, person.last) == (member.number, member.first, member.last)
        if member.shop:
            assert plan.company.shops[person.shop].code == member.shop
    assert [member.role for member in SIGN_INS].count("employee") == 2
    assert {member.role for member in SIGN_INS} == {
        "employee",
        "manager",
        "editor",
        "moderator",
        "administrator",
    }
    liana, maxim = plan.company.people[place_of("Гареева")], place_of("Дорохов")
    assert liana.manager == maxim
    assert plan.company.shops[liana.shop].manager == maxim


def test_plain_employees_keep_no_group(plan):
    liana = place_of("Гареева")
    assert all(liana not in group.members[:2] for group in plan.society.groups)
    assert any(liana in group.members for group in plan.society.groups)
