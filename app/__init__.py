"""Shopfloor: a private social network for the people who work in shops."""

from __future__ import annotations

import logging
from datetime import timedelta

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.orm import configure_mappers

import config as configuration
from app import bootstrap
from app.core.db import db, engine_options, prepare_engine
from config import ROOT, Config

__all__ = ["create_app"]


def create_app(settings: Config | None = None) -> Flask:
    """The application, ready to serve. Raises `config.UnsafeConfiguration` rather than start unsafe."""
    settings = settings or configuration.load()
    configuration.refuse_if_unsafe(settings)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    flask_app = Flask("shopfloor", root_path=str(ROOT), static_folder="static", template_folder="templates")
    flask_app.extensions["shopfloor_config"] = settings
    address = settings.database_address
    flask_app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.environment == "test",
        SQLALCHEMY_DATABASE_URI=address,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(address, synchronous=settings.sqlite_synchronous),
        SESSION_COOKIE_NAME="__Host-forms" if settings.secure_cookies else "forms",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # An answer that comes late would bring back the forms' secret of before signing in.
        SESSION_REFRESH_EACH_REQUEST=False,
        # As long as browsers keep a cookie: how long one is signed in has limits of its own.
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=settings.upload_max_bytes + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=[host.strip() for host in settings.trusted_hosts.split(",") if host.strip()] or None,
        BABEL_DEFAULT_LOCALE=settings.default_locale,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "app" / "translations"),
    )
    db.init_app(flask_app)
    with flask_app.app_context():
        prepare_engine(db.engine, synchronous=settings.sqlite_synchronous)
    Migrate(flask_app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    bootstrap.mount(flask_app, settings)
    configure_mappers()
    return flask_app
