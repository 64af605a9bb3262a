"""The WSGI entry point: `gunicorn wsgi:flask_app`, `flask --app wsgi …`."""

from app import create_app

flask_app = create_app()
