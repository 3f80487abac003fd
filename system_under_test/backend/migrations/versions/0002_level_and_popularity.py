"""Expand: modules get `level`, which will replace `difficulty`, and a count of their enrolments.

Both versions of the service work on this schema. The old one knows `difficulty` only, the new one
`level` only; a trigger gives each the value that the other wrote. The count is kept by a trigger
too, so that enrolments made through the old version are counted.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
phase = "expand"

EXPAND = """
ALTER TABLE modules ADD COLUMN level varchar(20);
UPDATE modules SET level = difficulty;
ALTER TABLE modules
    ADD CONSTRAINT modules_level_check CHECK (level IN ('beginner', 'intermediate', 'advanced')),
    ALTER COLUMN level SET NOT NULL,
    ADD COLUMN enrolment_count integer NOT NULL DEFAULT 0;

CREATE FUNCTION modules_level_follows_difficulty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.level := coalesce(NEW.level, NEW.difficulty);
        NEW.difficulty := coalesce(NEW.difficulty, NEW.level);
    ELSIF NEW.level IS DISTINCT FROM OLD.level THEN
        NEW.difficulty := NEW.level;
    ELSIF NEW.difficulty IS DISTINCT FROM OLD.difficulty THEN
        NEW.level := NEW.difficulty;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER modules_level_follows_difficulty BEFORE INSERT OR UPDATE ON modules
    FOR EACH ROW EXECUTE FUNCTION modules_level_follows_difficulty();

UPDATE modules SET enrolment_count =
    (SELECT count(*) FROM enrolments WHERE enrolments.module_id = modules.id);
CREATE FUNCTION enrolments_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE modules SET enrolment_count = enrolment_count + 1 WHERE id = NEW.module_id;
    ELSE
        UPDATE modules SET enrolment_count = enrolment_count - 1 WHERE id = OLD.module_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enrolments_are_counted AFTER INSERT OR DELETE ON enrolments
    FOR EACH ROW EXECUTE FUNCTION enrolments_are_counted();
CREATE INDEX modules_popular ON modules (enrolment_count DESC, id DESC) WHERE state = 'published';
"""

REVERT = """
DROP INDEX modules_popular;
DROP TRIGGER enrolments_are_counted ON enrolments;
DROP FUNCTION enrolments_are_counted();
DROP TRIGGER modules_level_follows_difficulty ON modules;
DROP FUNCTION modules_level_follows_difficulty();
ALTER TABLE modules DROP COLUMN level, DROP COLUMN enrolment_count;
"""


def upgrade() -> None:
    """Add what the new version needs; take nothing from the old one."""
    # Enrolments that arrive between the count and the trigger would be missed.
    op.execute("LOCK TABLE modules, enrolments IN SHARE ROW EXCLUSIVE MODE")
    op.execute(EXPAND)


def downgrade() -> None:
    """Take it away again."""
    op.execute(REVERT)
