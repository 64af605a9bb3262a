"""Closing the network for a while: a file in the data folder says so, which all processes see and no database knows."""

from __future__ import annotations

from config import Config


def is_closed(config: Config) -> bool:
    """Whether the network is closed for maintenance. Looks at one file."""
    return (config.data_path / "maintenance").exists()


def close(config: Config) -> None:
    """Answer every page with one that says when to come back; jobs go on."""
    (config.data_path / "maintenance").touch()


def open_again(config: Config) -> None:
    """Let people in again."""
    (config.data_path / "maintenance").unlink(missing_ok=True)
