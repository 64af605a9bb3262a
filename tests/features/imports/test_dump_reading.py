"""Reading dumps: whatever stands in the files, rows come out or the reason does."""

from datetime import UTC, date, datetime

import py7zr
import pytest

from app.cli.stackexchange.problems import Problems
from app.cli.stackexchange.reader import DumpReader
from app.cli.stackexchange.rows import PostKind
from app.cli.stackexchange.source import DumpUnreadable, Table, open_dump
from tests.features.imports import dumps


@pytest.fixture
def read(tmp_path):
    """Read a hand-made dump: gives the reader and the problems."""

    def reading(**tables):
        dumps.write_dump(tmp_path / "dump", **tables)
        problems = Problems()
        with open_dump(tmp_path / "dump", "beer.stackexchange.com") as dump:
            return DumpReader(dump, problems), problems

    return reading


def reasons(problems):
    return [(problem.file, problem.row, problem.reason) for problem in problems]


class TestRows:
    def test_a_question_keeps_everything_said_of_it(self, read):
        row = dumps.question(
            7, 3, "A &amp; B", Tags="<hops><non-alcoholic>", AcceptedAnswerId=9, Score=-2, ViewCount=12,
            LastEditDate="2015-02-03T04:05:06.700", ClosedDate="2016-01-01T00:00:00",
        )  # fmt: skip
        reader, problems = read(Posts=[row])
        (post,) = reader.posts()
        assert (post.id, post.kind, post.owner_id, post.accepted_answer_id) == (7, PostKind.QUESTION, 3, 9)
        assert (post.title, post.tags, post.score, post.views) == (
            "A &amp; B",
            ("hops", "non-alcoholic"),
            -2,
            12,
        )
        assert post.created == datetime(2014, 1, 21, 20, 26, 5, 383000, UTC)
        assert post.edited == datetime(2015, 2, 3, 4, 5, 6, 700000, UTC)
        assert not problems

    def test_tags_of_later_years_are_parted_by_bars(self, read):
        reader, _ = read(Posts=[dumps.question(1, 1, Tags="|hops|ipa|hops|")])
        assert [post.tags for post in reader.posts()] == [("hops", "ipa")]

    def test_attributes_that_a_year_did_not_have_are_empty(self, read):
        bare = {"Id": 1, "PostTypeId": 1, "CreationDate": dumps.DAY}
        reader, problems = read(
            Posts=[bare],
            Users=[{"Id": -1, "CreationDate": dumps.DAY}],
            Comments=[{"Id": 1, "PostId": 1, "Text": "x", "CreationDate": dumps.DAY}],
            Badges=[{"Id": 1, "UserId": 2, "Name": "Teacher", "Date": dumps.DAY}],
        )
        (post,), (user,), (comment,), (badge,) = (
            reader.posts(),
            reader.users(),
            reader.comments(),
            reader.badges(),
        )
        assert (post.body_html, post.owner_id, post.tags, post.licence, post.edited) == (
            "",
            None,
            (),
            "",
            None,
        )
        assert (user.id, user.name, user.last_seen) == (-1, "", None)
        assert (comment.user_id, comment.user_name, comment.score) == (None, "", 0)
        assert (badge.badge_class, badge.tag_based) == (3, False)
        assert not problems

    def test_a_vote_has_a_day(self, read):
        reader, _ = read(Votes=[dumps.vote(1, 2, 8, UserId=5, BountyAmount=50)])
        (vote,) = reader.votes()
        assert (vote.day, vote.kind, vote.user_id, vote.bounty) == (date(2014, 1, 24), 8, 5, 50)

    def test_a_history_row_without_revision_is_an_edit_of_its_own(self, read):
        rows = [{"Id": n, "PostHistoryTypeId": 5, "PostId": 1, "CreationDate": dumps.DAY} for n in (1, 2)]
        reader, _ = read(PostHistory=rows)
        assert len({entry.revision for entry in reader.history()}) == 2

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"Id": ""}, "Id is missing"),
            ({"Id": "seven"}, "Id is not a number"),
            ({"Id": "99999999999"}, "Id is not a number"),
            ({"CreationDate": "yesterday"}, "CreationDate is not a date"),
            ({"PostTypeId": 99}, "PostTypeId is of a kind that is not known"),
            ({"PostTypeId": 2}, "the answer does not say which question it belongs to"),
        ],
    )
    def test_a_row_that_cannot_be_read_is_left_out_with_the_reason(self, read, change, reason):
        reader, problems = read(Posts=[dumps.question(1, 1) | change, dumps.question(2, 1)])
        assert [post.id for post in reader.posts()] == [2]
        assert [problem.reason for problem in problems] == [reason]
        assert reader.is_whole(Table.POSTS)

    def test_a_cell_that_makes_no_sense_is_noted_and_the_row_kept(self, read):
        reader, problems = read(Posts=[dumps.question(1, 1, Score="many", LastEditDate="never")])
        (post,) = reader.posts()
        assert (post.score, post.edited) == (0, None)
        assert {problem.reason.split(" (")[0] for problem in problems} == {
            "Score is not a number",
            "LastEditDate is not a date",
        }

    def test_a_repeated_id_counts_once(self, read):
        reader, problems = read(Users=[dumps.user(1, "Ann"), dumps.user(1, "Bob")])
        assert [user.name for user in reader.users()] == ["Ann"]
        assert reasons(problems) == [("Users.xml", "1", "the row repeats an id")]


class TestFiles:
    def test_a_file_that_breaks_off_gives_what_stands_before_the_break(self, read):
        whole = dumps.xml("posts", [dumps.question(n, 1) for n in range(1, 4)])
        reader, problems = read(Posts=whole[: whole.index('Id="3"')])
        assert [post.id for post in reader.posts()] == [1, 2]
        assert not reader.is_whole(Table.POSTS)
        (problem,) = problems
        assert problem.row.startswith("line 5")

    @pytest.mark.parametrize("text", ["", "no xml at all", "<posts><row Id='1'></posts>"])
    def test_a_file_that_is_no_xml_is_a_problem_and_no_crash(self, read, text):
        reader, problems = read(Posts=text)
        assert list(reader.posts()) == []
        assert not reader.is_whole(Table.POSTS)
        assert len(problems) == 1

    def test_entities_are_refused(self, read):
        bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><users><row Id="1" DisplayName="&a;"/></users>'
        reader, problems = read(Users=bomb)
        assert list(reader.users()) == []
        assert [problem.row for problem in problems] == ["forbidden XML: DTDForbidden"]

    def test_characters_that_xml_forbids_are_replaced(self, read):
        text = dumps.xml(
            "users", [dumps.user(1, "A&#x1F;B"), dumps.user(2, "C\x0bD"), dumps.user(3, "E&#55357;F")]
        )
        reader, problems = read(Users=text.replace("&amp;#", "&#"))
        assert [user.name for user in reader.users()] == ["A\ufffdB", "C\ufffdD", "E\ufffdF"]
        assert reasons(problems) == [
            ("Users.xml", "3 characters", "characters that XML forbids were replaced")
        ]
        assert reader.is_whole(Table.USERS)

    def test_broken_utf8_is_replaced(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "dump", Users=[dumps.user(1, "Zoë")])
        file = folder / "Users.xml"
        file.write_bytes(file.read_bytes().replace("ë".encode(), b"\xeb"))
        problems = Problems()
        with open_dump(folder, "beer.stackexchange.com") as dump:
            assert [user.name for user in DumpReader(dump, problems).users()] == ["Zo\ufffd"]
        assert len(problems) == 1

    @pytest.mark.parametrize("size", [1, 2, 7, 64])
    def test_references_are_whole_whatever_the_block_size(self, size):
        from io import BytesIO

        from app.cli.stackexchange.xmltext import LegalXml

        text = LegalXml(BytesIO("a&#x1;b&#xA;c&amp;d&e &#1114112;ё".encode()))
        assert "".join(iter(lambda: text.read(size), "")) == "a\ufffdb&#xA;c&amp;d&e \ufffdё"

    def test_utf16_is_read_by_its_mark(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "dump")
        (folder / "Users.xml").write_bytes(dumps.xml("users", [dumps.user(1, "Анна")]).encode("utf-16"))
        with open_dump(folder, "beer.stackexchange.com") as dump:
            assert [user.name for user in DumpReader(dump, Problems()).users()] == ["Анна"]

    def test_a_missing_table_is_noted_and_not_whole(self, read):
        reader, problems = read()
        assert list(reader.votes()) == []
        assert not reader.is_whole(Table.VOTES)
        assert reasons(problems) == [("Votes.xml", "-", "the file is missing")]


class TestSources:
    def test_file_names_may_be_in_any_case_and_a_folder_below(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "beer.stackexchange.com" / "data", Users=[dumps.user(1, "Ann")])
        (folder / "Users.xml").rename(folder / "users.XML")
        with open_dump(tmp_path / "beer.stackexchange.com") as dump:
            assert dump.site == "beer.stackexchange.com"
            assert [user.name for user in DumpReader(dump, Problems()).users()] == ["Ann"]

    def test_two_files_of_one_table_are_refused(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "dump")
        (folder / "USERS.XML").write_text("<users/>")
        with pytest.raises(DumpUnreadable, match=r"keep one"), open_dump(folder, "beer.stackexchange.com"):
            pass

    def test_an_archive_is_unpacked_and_cleared_away(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "dump", Users=[dumps.user(1, "Ann")])
        archive = tmp_path / "ru.stackoverflow.com (1).7z"
        with py7zr.SevenZipFile(archive, "w") as packed:
            packed.writeall(folder, "dump")
            packed.writestr(b"not a table", "readme.txt")
        with open_dump(archive) as dump:
            assert dump.site == "ru.stackoverflow.com"
            unpacked = dump.files[Table.USERS]
            assert [user.name for user in DumpReader(dump, Problems()).users()] == ["Ann"]
            assert not (unpacked.parent / "readme.txt").exists()
        assert not unpacked.exists()

    @pytest.mark.parametrize("name", ["../Users.xml", "/tmp/Users.xml", "C:\\Users.xml", "a/../../Users.xml"])
    def test_an_archive_that_points_outside_is_refused(self, tmp_path, monkeypatch, name):
        archive = tmp_path / "beer.stackexchange.com.7z"
        with py7zr.SevenZipFile(archive, "w") as packed:
            packed.writestr(b"<users/>", "Users.xml")
            packed.header.files_info.files[0]["filename"] = name
        with pytest.raises(DumpUnreadable, match="not safe"), open_dump(archive):
            pass

    @pytest.mark.parametrize("damage", [b"", b"not an archive", None])
    def test_a_damaged_archive_is_refused_in_words(self, tmp_path, damage):
        archive = tmp_path / "beer.stackexchange.com.7z"
        with py7zr.SevenZipFile(archive, "w") as packed:
            packed.writestr(b"<users/>" * 1000, "Users.xml")
        archive.write_bytes(archive.read_bytes()[:60] if damage is None else damage)
        with pytest.raises(DumpUnreadable, match="cannot be unpacked"), open_dump(archive):
            pass

    def test_a_password_is_asked_of_nobody(self, tmp_path):
        archive = tmp_path / "beer.stackexchange.com.7z"
        with py7zr.SevenZipFile(archive, "w", password="secret") as packed:
            packed.writestr(b"<users/>", "Users.xml")
        with pytest.raises(DumpUnreadable, match="password"), open_dump(archive):
            pass

    @pytest.mark.parametrize(
        ("name", "site"),
        [
            ("beer.stackexchange.com.7z", "beer.stackexchange.com"),
            ("coffee.meta.stackexchange.com.7z", "coffee.meta.stackexchange.com"),
            ("Beer.StackExchange.com-2024-06.7z", "beer.stackexchange.com"),
            ("serverfault.com.7z", "serverfault.com"),
        ],
    )
    def test_the_name_says_which_site_it_is(self, tmp_path, name, site):
        folder = dumps.write_dump(tmp_path / name)
        with open_dump(folder) as dump:
            assert dump.site == site

    @pytest.mark.parametrize("name", ["dump.7z", "latest.final"])
    def test_a_name_that_says_nothing_asks_for_the_site(self, tmp_path, name):
        folder = dumps.write_dump(tmp_path / name)
        with pytest.raises(DumpUnreadable, match="--site"), open_dump(folder):
            pass

    @pytest.mark.parametrize("site", ["beer", "beer stackexchange", "../etc", "a..b"])
    def test_a_site_must_be_a_host_name(self, tmp_path, site):
        with (
            pytest.raises(DumpUnreadable, match="not a site name"),
            open_dump(dumps.write_dump(tmp_path / "d"), site),
        ):
            pass

    def test_a_folder_without_posts_is_no_dump(self, tmp_path):
        folder = dumps.write_dump(tmp_path / "dump")
        (folder / "Posts.xml").unlink()
        with (
            pytest.raises(DumpUnreadable, match=r"no Posts\.xml"),
            open_dump(folder, "beer.stackexchange.com"),
        ):
            pass

    def test_a_path_that_leads_nowhere_is_said(self, tmp_path):
        missing = tmp_path / "beer.stackexchange.com.7z"
        with pytest.raises(DumpUnreadable, match="neither a file nor a folder"), open_dump(missing):
            pass


def test_problems_are_counted_exactly_and_remembered_within_bounds(monkeypatch):
    monkeypatch.setattr("app.cli.stackexchange.problems.REMEMBERED_PER_REASON", 2)
    problems = Problems()
    for row in range(5):
        problems.add("Votes.xml", row, "the post is not there")
    problems.add("Users.xml", 1, "Id is missing")
    assert len(problems) == 6
    assert [(group.file, group.count, group.examples) for group in problems.groups()] == [
        ("Users.xml", 1, ("1",)),
        ("Votes.xml", 5, ("0", "1")),
    ]
    assert len(list(problems)) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("beer.stackexchange.com.7z", (6863, 3471, 3509, 18564, 153, 148, 9071, 9367)),
        ("coffee.meta.stackexchange.com.7z", (411, 234, 338, 1136, 71, 25, 621, 997)),
    ],
)
def test_real_dumps_are_read_whole(sample, name, rows):
    problems = Problems()
    with open_dump(sample(f"stackexchange/{name}")) as dump:
        reader = DumpReader(dump, problems)
        tables = (
            reader.users, reader.posts, reader.comments, reader.votes,
            reader.tags, reader.post_links, reader.history, reader.badges,
        )  # fmt: skip
        assert tuple(sum(1 for _ in table()) for table in tables) == rows
        assert all(reader.is_whole(table) for table in Table)
    assert problems.groups() == []
