"""Migrations go up, down and up again, and end at the schema that the models declare, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from storage import migrations
from storage.db import engines
from storage.records.totals import strays
from storage.tables import metadata

NOW = "2020-11-04 08:00:00"
BEFORE_BRANCHES = "0023"


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


def test_totals_are_computed_anew_by_kind_and_back(empty_url: str) -> None:
    """The same activity as an event and as a service: one row before 0003, two rows after it."""
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0002")
        write_two_reports(db)
        migrations.upgrade(db, "0003")
        assert totals(db, "kind, ") == [("event", 1, 30, 15), ("service", 1, 3, 1)]
        migrations.downgrade(db, "0002")
        assert totals(db) == [(2, 33, 16)]
    engine.dispose()


def write_two_reports(db: Connection) -> None:
    for statement in (
        "INSERT INTO unit (id, code, name, level, valid_from, sample) "
        "VALUES (1, 'P10', 'P. 10', 'ward', '2020-01-01', false)",
        "INSERT INTO person (id, name, language, is_sample, created_at) VALUES (1, 'Lan', 'vi', false, :now)",
    ):
        db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
    for number, (kind, women, men) in enumerate((("event", 30, 15), ("service", 3, 1)), 1):
        values = {"id": number, "now": NOW}
        db.execute(
            text(
                "INSERT INTO submission (id, form_id, form_version, person_id, unit_id, state, revision, sample, "
                "created_at, updated_at) VALUES (:id, 'f', '1', 1, 1, 'sent', 1, false, :now, :now)"
            ),
            values,
        )
        db.execute(
            text(
                "INSERT INTO activity (submission_id, unit_id, place_unit_id, activity, kind, target_group, "
                "event_date, week, women, men, quantity, violations, handled, state, sent_at) VALUES (:id, 1, 1, 'A2', "
                ":kind, '', '2020-11-04', '2020-W45', :women, :men, 0, 0, 0, 'sent', :now)"
            ),
            {**values, "kind": kind, "women": women, "men": men},
        )


def totals(db: Connection, key: str = "") -> list[tuple[object, ...]]:
    query = f"SELECT {key}reports, women, men FROM weekly_total ORDER BY women DESC"  # noqa: S608 (a word from here)
    return [tuple(row) for row in db.execute(text(query))]


def test_unfinished_corrections_begin_with_what_their_report_is(empty_url: str) -> None:
    """Until 0004 the first correction that was sent ended all others of its report."""
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0003")
        write_two_reports(db)
        for statement in (
            "UPDATE submission SET revision = 4 WHERE id = 2",
            "INSERT INTO interview (id, person_id, unit_id, form_id, form_version, status, revision, state, corrects, "
            "created_at, updated_at) VALUES (1, 1, 1, 'f', '1', 'done', 3, '{}', NULL, :now, :now), "
            "(2, 1, 1, 'f', '1', 'open', 3, '{}', 2, :now, :now)",
            "INSERT INTO obligation (id, unit_id, kind, due_on, done_at) VALUES "
            "(1, 1, 'plan_draft', '2020-11-04', NULL), (2, 1, 'periodic_report', '2020-11-04', :now)",
        ):
            db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
        migrations.upgrade(db, "0004")
        begun = text("SELECT id, corrects_revision FROM interview ORDER BY id")
        assert [tuple(row) for row in db.execute(begun)] == [(1, None), (2, 4)]
        owed = text("SELECT id, revision FROM obligation ORDER BY id")
        assert [tuple(row) for row in db.execute(owed)] == [(1, 1), (2, 2)]
        migrations.downgrade(db, "0003")
        migrations.upgrade(db)
    engine.dispose()


def test_what_was_checked_is_approved_and_back(empty_url: str) -> None:
    states = "SELECT state FROM {table} ORDER BY state"
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0007")
        write_two_reports(db)
        for statement in (
            "UPDATE submission SET state = 'checked' WHERE id = 2",
            "UPDATE activity SET state = 'checked' WHERE submission_id = 2",
            "INSERT INTO weekly_total (week, unit_id, place_unit_id, activity, kind, target_group, state, reports, "
            "women, men, quantity) VALUES ('2020-W45', 1, 1, 'A2', 'service', '', 'checked', 1, 3, 1, 0), "
            "('2020-W45', 1, 1, 'A2', 'event', '', 'sent', 1, 30, 15, 0)",
            "INSERT INTO submission_revision (id, submission_id, revision, answers, person_id, at, action) VALUES "
            "(1, 1, 1, '{}', 1, :now, 'send'), (2, 2, 2, '{}', 1, :now, 'check')",
        ):
            db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
        migrations.upgrade(db, "0008")
        for table in ("submission", "activity", "weekly_total"):
            assert list(db.scalars(text(states.format(table=table)))) == ["approved", "sent"]
        deeds = text("SELECT action FROM submission_revision ORDER BY id")
        assert list(db.scalars(deeds)) == ["send", "approve"]
        migrations.downgrade(db, "0007")
        assert list(db.scalars(text(states.format(table="submission")))) == ["checked", "sent"]
        assert list(db.scalars(deeds)) == ["send", "check"]
    engine.dispose()


def test_a_submission_is_about_the_day_of_its_event(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0008")
        write_two_reports(db)
        db.execute(text("UPDATE activity SET event_date = '2020-11-01' WHERE submission_id = 1"))
        db.execute(text("DELETE FROM activity WHERE submission_id = 2"))
        migrations.upgrade(db, "0009")
        days = [str(day) for day in db.scalars(text("SELECT day FROM submission ORDER BY id"))]
        assert days == ["2020-11-01", "2020-11-04"]
        migrations.downgrade(db, "0008")
        migrations.upgrade(db)
    engine.dispose()


def test_what_lasts_and_what_an_uncertain_reminder_offered_stands_beside_the_message(empty_url: str) -> None:
    choices = '"choices":[["nil:P10-KP05:2020-W45","Không có"],["menu","Menu"]]'
    bodies = {
        1: ("answer", "pending", '{"text":"Đã lưu","lasting":true}'),
        2: ("answer", "pending", r'{"text":"\"lasting\":true"}'),
        3: ("digest", "uncertain", '{"text":"Nhắc",' + choices + "}"),
        4: ("digest", "sent", '{"text":"Nhắc",' + choices + "}"),
        5: ("digest", "uncertain", '{"text":"Nhắc"}'),
    }
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0009")
        account = "INSERT INTO account (id, channel, bot, external_id, usable, created_at, last_used_at) "
        db.execute(text(f"{account} VALUES (1, 'web', '', 'lan', true, :now, :now)"), {"now": NOW})
        for number, (kind, state, body) in bodies.items():
            db.execute(
                text(
                    "INSERT INTO outbox (id, account_id, kind, priority, state, body, token, attempts, created_at, "
                    "external_id, error) VALUES (:id, 1, :kind, 0, :state, :body, '', 0, :now, '', '')"
                ),
                {"id": number, "kind": kind, "state": state, "body": body, "now": NOW},
            )
        migrations.upgrade(db, "0010")
        assert list(db.scalars(text("SELECT id FROM outbox WHERE lasting"))) == [1]
        offered = [
            tuple(row) for row in db.execute(text("SELECT outbox_id, choice FROM offered_choice ORDER BY choice"))
        ]
        assert offered == [(3, "menu"), (3, "nil:P10-KP05:2020-W45")]
        db.execute(text("DELETE FROM outbox WHERE id = 3"))
        assert db.scalar(text("SELECT count(*) FROM offered_choice")) == 0
        migrations.downgrade(db, "0009")
        migrations.upgrade(db)
    engine.dispose()


def test_a_units_name_and_parent_become_its_first_version_and_back(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0012")
        write_two_reports(db)
        migrations.upgrade(db, "0013")
        neighbourhood = "(2, 'P10-KP01', 'KP 1', 'neighbourhood', 1, '2020-02-01', '2020-06-30', true)"
        columns = "id, code, name, level, parent_id, valid_from, valid_to, sample"
        db.execute(text(f"INSERT INTO unit ({columns}) VALUES {neighbourhood}"))  # noqa: S608 (the words above)
        units = text(f"SELECT {columns} FROM unit ORDER BY id")  # noqa: S608 (the words above)
        before = [tuple(map(str, row)) for row in db.execute(units)]
        migrations.upgrade(db, "0014")
        versions = text("SELECT unit_id, valid_from, valid_to, name, parent_id FROM unit_version ORDER BY unit_id")
        assert [tuple(map(str, row)) for row in db.execute(versions)] == [
            ("1", "2020-01-01", "None", "P. 10", "None"),
            ("2", "2020-02-01", "None", "KP 1", "1"),
        ]
        db.execute(text("UPDATE unit_version SET valid_to = '2020-02-29' WHERE unit_id = 2"))
        db.execute(text("INSERT INTO unit_version VALUES (2, '2020-03-01', NULL, 'KP Một', 1)"))
        migrations.downgrade(db, "0013")
        renamed = [(*row[:2], row[2].replace("KP 1", "KP Một"), *row[3:]) for row in before]
        assert [tuple(map(str, row)) for row in db.execute(units)] == renamed
        migrations.upgrade(db)
    engine.dispose()


def test_a_menu_knows_which_question_it_belongs_to(empty_url: str) -> None:
    menus = {1: '[["i:7:3:c0","Có",""],["i:7:3:back","Lùi","lùi"]]', 2: '[["menu","i:7:3",""]]', 3: "[]"}
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0010")
        for number, choices in menus.items():
            values = {"id": number, "chat": f"c{number}", "choices": choices, "now": NOW}
            for statement in (
                "INSERT INTO account (id, channel, bot, external_id, usable, created_at, last_used_at) "
                "VALUES (:id, 'web', '', :chat, true, :now, :now)",
                "INSERT INTO chat_menu (account_id, choices) VALUES (:id, :choices)",
            ):
                named = {name: value for name, value in values.items() if f":{name}" in statement}
                db.execute(text(statement), named)
        migrations.upgrade(db, "0011")
        belongs = text("SELECT account_id, interview_id, revision FROM chat_menu ORDER BY account_id")
        assert [tuple(row) for row in db.execute(belongs)] == [(1, 7, 3), (2, None, None), (3, None, None)]
        migrations.downgrade(db, "0010")
        migrations.upgrade(db)
    engine.dispose()


def test_each_report_becomes_one_line_with_its_product_or_kind_of_help(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0012")
        write_reports_before_lines(db)
        migrations.upgrade(db, "0013")
        lines = text("SELECT target_group, item, mode, women, quantity FROM activity_line ORDER BY submission_id")
        assert [tuple(row) for row in db.execute(lines)] == [
            ("residents", "", "", 30, 0),
            ("in_need", "legal", "", 3, 0),
            ("", "leaflet", "given", 0, 200),
        ]
        facts = text("SELECT first_day, last_day, place, place_unit_id, state FROM activity ORDER BY submission_id")
        assert [(*map(str, row[:2]), *row[2:]) for row in db.execute(facts)] == [
            ("2020-11-04", "2020-11-04", "unit", 1, "sent"),
            ("2020-11-04", "2020-11-04", "unit", 1, "returned"),
            ("2020-11-04", "2020-11-04", "unknown", None, "sent"),
        ]
        totals_now = text("SELECT kind, item, reports, women, quantity FROM weekly_total ORDER BY kind")
        assert [tuple(row) for row in db.execute(totals_now)] == [
            ("event", "", 1, 30, 0),
            ("media", "leaflet", 1, 0, 200),
        ]
        migrations.downgrade(db, "0012")
        before = text("SELECT kind, target_group, women, quantity, event_date FROM activity ORDER BY submission_id")
        assert [(*row[:4], str(row[4])) for row in db.execute(before)] == [
            ("event", "residents", 30, 0, "2020-11-04"),
            ("service", "", 3, 0, "2020-11-04"),
            ("media", "", 0, 200, "2020-11-04"),
        ]
        migrations.upgrade(db)
    engine.dispose()


def test_sums_of_branches_stand_under_the_unit_of_the_day(empty_url: str) -> None:
    """A neighbourhood reports in Phường 10, moves to Phường 14, and reports there; the ward reports for itself."""
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, BEFORE_BRANCHES)
        write_reports_of_a_unit_that_moves(db)
        migrations.upgrade(db, "0020")
        sums = text(
            "SELECT bucket, branch_id, level, reports, women FROM branch_total WHERE part = 'activity' "
            "ORDER BY bucket, branch_id, level"
        )
        of_weeks = [("2020-W45", 1, "neighbourhood", 1, 30), ("2020-W46", 1, "ward", 1, 5)]
        of_weeks += [("2020-W46", 2, "neighbourhood", 1, 7)]
        of_months = [("2020-11", 1, "neighbourhood", 1, 30), ("2020-11", 1, "ward", 1, 5)]
        assert [tuple(row) for row in db.execute(sums)] == [
            *of_months,
            ("2020-11", 2, "neighbourhood", 1, 7),
            *of_weeks,
        ]
        migrations.downgrade(db, BEFORE_BRANCHES)
        migrations.upgrade(db)
        assert strays(db) == 0
    engine.dispose()


def write_reports_of_a_unit_that_moves(db: Connection) -> None:
    for statement in (
        "INSERT INTO unit (id, code, level, valid_from, sample) VALUES (1, 'P10', 'ward', '2020-01-01', false), "
        "(2, 'P14', 'ward', '2020-01-01', false), (3, 'P10-KP1', 'neighbourhood', '2020-01-01', false)",
        "INSERT INTO unit_version (unit_id, valid_from, valid_to, name, parent_id) VALUES "
        "(1, '2020-01-01', NULL, 'P. 10', NULL), (2, '2020-01-01', NULL, 'P. 14', NULL), "
        "(3, '2020-01-01', '2020-11-09', 'KP 1', 1), (3, '2020-11-10', NULL, 'KP 1', 2)",
        "INSERT INTO person (id, name, language, is_sample, created_at) VALUES (1, 'Lan', 'vi', false, :now)",
    ):
        db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
    reports = ((1, 3, "2020-11-04", 45, 30), (2, 3, "2020-11-11", 46, 7), (3, 1, "2020-11-11", 46, 5))
    for number, unit, day, week, women in reports:
        values = {"id": number, "unit": unit, "day": day, "week": f"2020-W{week}", "women": women, "now": NOW}
        for statement in (
            "INSERT INTO submission (id, form_id, form_version, person_id, unit_id, state, revision, day, sample, "
            "created_at, updated_at) VALUES (:id, 'f', '1', 1, :unit, 'sent', 1, :day, false, :now, :now)",
            "INSERT INTO activity (submission_id, unit_id, activity, kind, first_day, last_day, week, place, "
            "place_unit_id, state, counts, sex_asked, sex_unknown, sent_at) VALUES (:id, :unit, 'A2', 'event', :day, "
            ":day, :week, 'unit', :unit, 'sent', true, 0, false, :now)",
            "INSERT INTO activity_line (submission_id, position, target_group, item, mode, women, men, unsorted, "
            "quantity, violations, handled, opens_group, opens_item) VALUES "
            "(:id, 0, 'residents', '', '', :women, 0, 0, 0, 0, 0, 1, 1)",
            "INSERT INTO weekly_total (week, unit_id, place, place_unit_id, activity, kind, target_group, item, mode, "
            "state, lines, reports, group_reports, item_reports, women, men, unsorted, first_women, first_men, "
            "asked_women, asked_men, quantity, violations, handled) VALUES "
            "(:week, :unit, 'unit', :unit, 'A2', 'event', 'residents', '', '', 'sent', 1, 1, 1, 1, :women, 0, 0, 0, 0, "
            "0, 0, 0, 0, 0)",
        ):
            db.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})


def write_reports_before_lines(db: Connection) -> None:
    """An event and a returned service of a ward, and leaflets of an agency."""
    for statement in (
        "INSERT INTO unit (id, code, name, level, valid_from, sample) VALUES "
        "(1, 'P10', 'P. 10', 'ward', '2020-01-01', false), (2, 'CQ', 'Agency', 'agency', '2020-01-01', false)",
        "INSERT INTO person (id, name, language, is_sample, created_at) VALUES (1, 'Lan', 'vi', false, :now)",
    ):
        db.execute(text(statement), {"now": NOW} if ":now" in statement else {})
    reports = (
        (1, 1, "event", "residents", 30, 0, "sent", "{}"),
        (2, 1, "service", "", 3, 0, "returned", '{"service_kind": "legal"}'),
        (3, 2, "media", "", 0, 200, "sent", '{"product": "leaflet"}'),
    )
    for number, unit, kind, group, women, quantity, state, answers in reports:
        values = {"id": number, "unit": unit, "kind": kind, "group": group, "women": women, "quantity": quantity}
        values |= {"state": state, "answers": answers, "now": NOW}
        for statement in (
            "INSERT INTO submission (id, form_id, form_version, person_id, unit_id, state, revision, day, sample, "
            "created_at, updated_at) VALUES (:id, 'f', '1', 1, :unit, :state, 2, '2020-11-04', false, :now, :now)",
            "INSERT INTO submission_revision (id, submission_id, revision, answers, person_id, at, action) VALUES "
            "(:id, :id, 2, :answers, 1, :now, 'correct')",
            "INSERT INTO activity (submission_id, unit_id, place_unit_id, activity, kind, target_group, event_date, "
            "week, women, men, quantity, violations, handled, state, sent_at) VALUES (:id, :unit, :unit, 'A2', :kind, "
            ":group, '2020-11-04', '2020-W45', :women, 0, :quantity, 0, 0, :state, :now)",
        ):
            db.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})


def test_weeks_know_what_the_versions_of_reports_and_nil_reports_said(empty_url: str) -> None:
    """Report 1 was moved from week 44 to week 45 and then returned; report 2 lies in the last week of its year."""
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0008")
        write_two_reports(db)
        db.execute(text("UPDATE activity SET state = 'returned' WHERE submission_id = 1"))
        db.execute(text("UPDATE activity SET week = '2020-W53', event_date = '2021-01-03' WHERE submission_id = 2"))
        versions = (
            (1, 1, "2020-10-30", "03"),
            (1, 2, "2020-11-04", "05"),
            (1, 3, "2020-11-04", "06"),
            (2, 1, "2021-01-03", "04"),
        )
        for number, (report, revision, day, at) in enumerate(versions, 1):
            db.execute(
                text(
                    "INSERT INTO submission_revision (id, submission_id, revision, answers, person_id, at, action) "
                    "VALUES (:id, :report, :revision, :answers, 1, :at, 'correct')"
                ),
                {
                    "id": number,
                    "report": report,
                    "revision": revision,
                    "answers": f'{{"date": "{day}"}}',
                    "at": f"2020-11-{at} 08:00:00",
                },
            )
        db.execute(text("UPDATE submission SET revision = 3 WHERE id = 1"))
        said = "INSERT INTO nil_report (week, unit_id, person_id, at) VALUES (:week, 1, 1, :now)"
        db.execute(text(said), [{"week": week, "now": NOW} for week in ("2020-W43", "2020-W45")])
        migrations.upgrade(db, "0015")
        lies = text("SELECT submission_id, week, state, since FROM report_week ORDER BY submission_id, week")
        assert [(*row[:3], str(row[3])[:10]) for row in db.execute(lies)] == [
            (1, "2020-W44", "", "2020-11-03"),
            (1, "2020-W45", "returned", "2020-11-05"),
            (2, "2020-W53", "sent", "2020-11-04"),
        ]
        weeks = text(
            "SELECT week, reported, returned, first_at, nil_since, nil_by, nil_revision FROM unit_week ORDER BY week"
        )
        assert [(*row[:3], *(str(at)[:10] for at in row[3:5]), *row[5:]) for row in db.execute(weeks)] == [
            ("2020-W43", 0, 0, "None", NOW[:10], 1, 1),
            ("2020-W45", 0, 1, "2020-11-05", NOW[:10], 1, 1),
            ("2020-W53", 1, 0, "2020-11-04", "None", None, 0),
        ]
        migrations.downgrade(db, "0013")
        kept = list(db.scalars(text("SELECT week FROM nil_report ORDER BY week")))
        assert kept == ["2020-W43", "2020-W45"]
        migrations.upgrade(db)
    engine.dispose()


def test_what_was_spent_keeps_neither_name_nor_code(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as db:
        migrations.upgrade(db, "0035")
        db.execute(
            text(
                "INSERT INTO unit (id, code, level, valid_from, sample) VALUES (1, 'P10', 'ward', '2018-01-01', false)"
            )
        )
        made = (
            "INSERT INTO invitation (id, code_hash, role, unit_id, name, sealed, created_at, expires_at, uses_left) "
            "VALUES (:id, :hash, 'ward_chair', 1, 'Mẫu', 'sealed', :now, :now, :uses)"
        )
        for number, uses in ((1, 0), (2, 1)):
            db.execute(text(made), {"id": number, "hash": str(number), "now": NOW, "uses": uses})
        migrations.upgrade(db)
        kept = [tuple(row) for row in db.execute(text("SELECT name, sealed FROM invitation ORDER BY id"))]
        assert kept == [("", ""), ("Mẫu", "sealed")]
    engine.dispose()
