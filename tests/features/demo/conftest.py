"""A demo company that is smaller than any one can load, so that tests of it are quick."""

import pytest

from app.cli.demo.company import plan_company
from app.cli.demo.rhythm import day_of
from app.cli.demo.sizes import Size
from app.cli.demo.society import group_handles, plan_society
from app.cli.demo.storyteller import Storyteller
from app.core import clock

#: A Saturday evening.
NOW = 1_795_298_400 * clock.SECOND
TINY = Size("tiny", people=160, shops=20, groups=18, publications=160, comments=700, attachments=2)


class Plan:
    """A whole plan, its stories listed."""

    def __init__(self, size=TINY, seed=1, now=NOW):
        self.size, self.seed, self.now = size, seed, now
        self.company = plan_company(size, seed, day_of(now), group_handles(size))
        self.society = plan_society(self.company)
        self.teller = Storyteller(self.company, self.society, now)
        self.stories = list(self.teller.tell())

    def texts(self):
        """Every text of the plan."""
        for story in self.stories:
            yield story.text
            yield from (remark.text for remark in story.remarks)

    def group_of(self, story):
        """The group a story stands in, or None."""
        return self.society.groups[story.place.index] if story.place.kind == "group" else None


@pytest.fixture(scope="session")
def plan():
    """The plan of the tiny company."""
    return Plan()
