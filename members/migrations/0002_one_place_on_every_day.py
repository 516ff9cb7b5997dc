"""A member is officially in one organisation on every day: the database refuses overlapping memberships."""

from django.db import migrations

from config.lib.append_only import in_each_database

POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    """
    ALTER TABLE members_membership ADD CONSTRAINT membership_one_place_a_day
    EXCLUDE USING gist (member_id WITH =, daterange(started_on, ended_on) WITH &&)
    WHERE (kind = 'official' AND voided_at IS NULL)
    """,
    "CREATE INDEX member_search_trigram ON members_member USING gin (search_key gin_trgm_ops)",
]
OVERLAP = """
CREATE TRIGGER membership_one_place_a_day_{event} BEFORE {event} ON members_membership
WHEN NEW.kind = 'official' AND NEW.voided_at IS NULL AND EXISTS (
    SELECT 1 FROM members_membership AS other
    WHERE other.member_id = NEW.member_id AND other.kind = 'official' AND other.voided_at IS NULL
      AND other.id IS NOT NEW.id
      AND (other.ended_on IS NULL OR other.ended_on > NEW.started_on)
      AND (NEW.ended_on IS NULL OR NEW.ended_on > other.started_on)
)
BEGIN SELECT RAISE(ABORT, 'membership_one_place_a_day'); END
"""
SQLITE = [OVERLAP.format(event="INSERT"), OVERLAP.format(event="UPDATE")]
UNDO = {
    "postgresql": [
        "DROP INDEX member_search_trigram",
        "ALTER TABLE members_membership DROP CONSTRAINT membership_one_place_a_day",
    ],
    "sqlite": [
        "DROP TRIGGER membership_one_place_a_day_INSERT",
        "DROP TRIGGER membership_one_place_a_day_UPDATE",
    ],
}
forwards = in_each_database({"postgresql": POSTGRESQL, "sqlite": SQLITE})
backwards = in_each_database(UNDO)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
