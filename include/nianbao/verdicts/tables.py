"""The tables of the store, declared once; the same on SQLite and PostgreSQL."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
)

SCHEMA = 1
"""Raised with a change that older programs would misread; new columns alone do not."""

metadata = MetaData()

schema_table = Table(
    "verdict_schema",
    metadata,
    Column("schema", Integer, primary_key=True, autoincrement=False),
)

events_table = Table(
    "verdict_events",
    metadata,
    Column("item_key", String(32), nullable=False),
    Column("step", Integer, nullable=False),
    Column("report_id", String(32), nullable=False),
    Column("rule_id", String(100), nullable=False),
    Column("rule_version", SmallInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("who", Text, nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Column("org_id", Text),
    Column("organisation", Text),
    Column("report_year", SmallInteger),
    Column("scope", String(20)),
    Column("subject", Text),
    Column("subject_zh", Text),
    Column("finding", Text),
    Column("opinion", Text),
    Column("responsible", Text),
    Column("due_on", Date),
    Column("remark", Text),
    Column("reason", Text),
    Column("automatic", Boolean, nullable=False),
    Column("cells_digest", String(64)),
    Column("judged", Text),
    Column("judged_before", Text),
    Column("sha256", String(64)),
    Column("numbers_digest", String(64)),
    Column("list_id", String(64)),
    Column("source", Text),
    # Two writers that see the same last step cannot both write the next one.
    PrimaryKeyConstraint("item_key", "step"),
)
Index("verdict_events_of_a_list", events_table.c.list_id)
