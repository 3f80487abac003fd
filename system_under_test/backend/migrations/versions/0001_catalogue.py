"""The catalogue, enrolments and progress as the first version of the service knew them."""

from alembic import op

revision = "0001"
down_revision = None
phase = "expand"

TABLES = """
CREATE TABLE modules (
    id uuid PRIMARY KEY,
    slug varchar(80) NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    title varchar(120) NOT NULL,
    summary varchar(500) NOT NULL,
    difficulty varchar(20) NOT NULL CHECK (difficulty IN ('beginner', 'intermediate', 'advanced')),
    topic varchar(40) NOT NULL,
    state varchar(20) NOT NULL CHECK (state IN ('draft', 'published')),
    author varchar(120) NOT NULL,
    minutes integer NOT NULL CHECK (minutes > 0),
    lesson_count smallint NOT NULL CHECK (lesson_count > 0),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX modules_newest ON modules (created_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX modules_title ON modules (title, id) WHERE state = 'published';

CREATE TABLE lessons (
    module_id uuid NOT NULL REFERENCES modules ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position > 0),
    title varchar(120) NOT NULL,
    body text NOT NULL,
    minutes smallint NOT NULL CHECK (minutes > 0),
    PRIMARY KEY (module_id, position)
);

CREATE TABLE enrolments (
    id uuid PRIMARY KEY,
    learner varchar(120) NOT NULL,
    module_id uuid NOT NULL REFERENCES modules,
    enrolled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    completed_at timestamptz,
    UNIQUE (learner, module_id)
);
CREATE INDEX enrolments_of_learner ON enrolments (learner, enrolled_at DESC, id DESC);
CREATE INDEX enrolments_of_module ON enrolments (module_id);

CREATE TABLE completions (
    enrolment_id uuid NOT NULL REFERENCES enrolments ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position > 0),
    PRIMARY KEY (enrolment_id, position)
);
"""


def upgrade() -> None:
    """Create the tables."""
    op.execute(TABLES)


def downgrade() -> None:
    """Drop the tables."""
    op.execute("DROP TABLE completions, enrolments, lessons, modules")
