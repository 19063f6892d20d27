"""Migrations go up, down and up again, and end at the schema that the models declare, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect

from storage import engines, migrations
from storage.tables import metadata


def open_engine(url: str) -> Engine:
    return engines.sqlite_writer(url) if url.startswith("sqlite") else engines.postgres(url)


def tables(db: Connection) -> set[str]:
    return set(inspect(db).get_table_names()) - {"alembic_version"}


def test_an_empty_database_goes_up_down_and_up(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db)
        assert tables(db) == set(metadata.tables)
        migrations.downgrade(db, "base")
        assert tables(db) == set()
        migrations.upgrade(db)
        assert tables(db) == set(metadata.tables)
    engine.dispose()


def test_the_models_equal_the_migrated_schema(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    migrations.migrate(empty_url)
    migrations.migrate(empty_url)
    engine = open_engine(empty_url)
    with engine.connect() as db:
        assert migrations.current(db) == migrations.head()
    engine.dispose()
