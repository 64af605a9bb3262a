"""Signs people in: `python -m bench.people NUMBER` prints session tokens of so many, as a JSON list."""

from __future__ import annotations

import json
import random
import sys

from sqlalchemy import select

import config as configuration
from app import create_app
from app.accounts.service import open_session
from app.core.db import db
from app.people.models import ACTIVE, Person

SEED = 1


def main(number: int) -> None:
    """Open sessions for a sample of those who work in shops."""
    with create_app(configuration.load(worker="none")).app_context():
        everyone = db.session.scalars(
            select(Person.id).where(Person.state == ACTIVE, Person.shop_id.is_not(None)).order_by(Person.id)
        ).all()
        chosen = random.Random(SEED).sample(list(everyone), number)
        print(json.dumps([open_session(person_id, "bench", "127.0.0.1") for person_id in chosen]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
