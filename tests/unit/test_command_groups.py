"""Commands of features that share a group's name."""

import click

from app.bootstrap import add_command_to


def test_groups_of_one_name_are_joined():
    cli = click.Group()
    for name in ("verify", "replay"):
        add_command_to(cli, click.Group("ledger", commands={name: click.Command(name)}))
    add_command_to(cli, click.Command("doctor"))
    assert set(cli.commands) == {"ledger", "doctor"}
    ledger = cli.commands["ledger"]
    assert isinstance(ledger, click.Group)
    assert set(ledger.commands) == {"verify", "replay"}
