import pytest

import config as configuration

PRODUCTION = {
    "environment": "production",
    "secret_key": "k" * 32,
    "public_url": "https://shop.example",
    "trusted_hosts": "shop.example",
}


@pytest.fixture
def settings(tmp_path):
    def make(**overrides):
        return configuration.load({}, data_dir=str(tmp_path), **overrides)

    return make


@pytest.mark.parametrize(
    "sound", [{}, PRODUCTION, {"web_processes": 4, "redis_url": "redis://queue"}, {"worker": "outside"}]
)
def test_sound_settings_are_let_through(settings, sound):
    assert configuration.check(settings(**sound)) == []


@pytest.mark.parametrize(
    ("unsound", "named"),
    [
        ({"environment": "staging"}, ["SHOPFLOOR_ENVIRONMENT"]),
        ({"database_url": "/var/data.db"}, ["SHOPFLOOR_DATABASE_URL"]),
        ({"worker": "elsewhere"}, ["SHOPFLOOR_WORKER"]),
        ({"web_threads": 0}, ["SHOPFLOOR_WEB_PROCESSES and SHOPFLOOR_WEB_THREADS"]),
        ({"web_processes": 2}, ["SHOPFLOOR_WEB_PROCESSES above 1 needs SHOPFLOOR_REDIS_URL"]),
        ({"default_locale": "de"}, ["SHOPFLOOR_DEFAULT_LOCALE"]),
        ({"search_backend": "tantivy"}, ["SHOPFLOOR_SEARCH_BACKEND must"]),
        ({"search_backend": "postgresql"}, ["SHOPFLOOR_SEARCH_BACKEND=postgresql needs"]),
        ({"database_url": "mysql://host/name"}, ["SHOPFLOOR_DATABASE_URL"]),
        ({"default_time_zone": "Europe/Mosкow"}, ["SHOPFLOOR_DEFAULT_TIME_ZONE"]),
        ({"default_time_zone": "../zone"}, ["SHOPFLOOR_DEFAULT_TIME_ZONE"]),
        ({"session_idle_days": 0}, ["SHOPFLOOR_SESSION_IDLE_DAYS"]),
        ({"upload_max_bytes": 0}, ["SHOPFLOOR_UPLOAD_MAX_BYTES"]),
        ({"proxy_hops": -1}, ["SHOPFLOOR_PROXY_HOPS"]),
        ({"log_level": "loud"}, ["SHOPFLOOR_LOG_LEVEL"]),
        ({"sqlite_synchronous": "OFF"}, ["SHOPFLOOR_SQLITE_SYNCHRONOUS"]),
        (PRODUCTION | {"secret_key": "short"}, ["SHOPFLOOR_SECRET_KEY"]),
        (PRODUCTION | {"public_url": "http://shop.example"}, ["SHOPFLOOR_PUBLIC_URL"]),
        (PRODUCTION | {"trusted_hosts": ""}, ["SHOPFLOOR_TRUSTED_HOSTS"]),
        ({"worker": "", "default_locale": ""}, ["SHOPFLOOR_WORKER", "SHOPFLOOR_DEFAULT_LOCALE"]),
    ],
)
def test_each_unsound_setting_is_named(settings, unsound, named):
    found = configuration.check(settings(**unsound))

    assert len(found) == len(named)
    assert all(problem.startswith(name) for problem, name in zip(found, named, strict=True))


def test_an_unreadable_number_is_named(tmp_path):
    with pytest.raises(
        configuration.UnsafeConfiguration, match="SHOPFLOOR_WEB_THREADS must be a whole number"
    ):
        configuration.load({"SHOPFLOOR_WEB_THREADS": "many"}, data_dir=str(tmp_path))


def test_a_data_folder_that_can_not_be_used_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(configuration.UnsafeConfiguration, match=r"SHOPFLOOR_DATA_DIR: .*taken"):
        configuration.load({}, data_dir=str(tmp_path / "taken"))
