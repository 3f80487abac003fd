"""Contract: drop `difficulty`, once no version runs that knows it."""

from alembic import op

revision = "0003"
down_revision = "0002"
phase = "contract"

CONTRACT = """
DROP TRIGGER modules_level_follows_difficulty ON modules;
DROP FUNCTION modules_level_follows_difficulty();
ALTER TABLE modules DROP COLUMN difficulty;
"""

REVERT = """
ALTER TABLE modules ADD COLUMN difficulty varchar(20)
    CHECK (difficulty IN ('beginner', 'intermediate', 'advanced'));
UPDATE modules SET difficulty = level;
ALTER TABLE modules ALTER COLUMN difficulty SET NOT NULL;
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
"""


def upgrade() -> None:
    """Drop what only the old version used."""
    op.execute(CONTRACT)


def downgrade() -> None:
    """Bring it back, with its values and its trigger."""
    op.execute(REVERT)
