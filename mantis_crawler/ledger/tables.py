"""The ledger's tables, in SQLAlchemy Core: SQLite today, a server's database by its URL tomorrow."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text

metadata = MetaData()

facts = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the run was started with, as JSON values."""

units = Table(
    "units",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("artifact", Text, nullable=False),
    Column("state", String(8), nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
)
"""One row an artifact; ``state`` is ``todo``, ``leased`` or ``done``."""

records = Table(
    "records",
    metadata,
    Column("unit", String(16), ForeignKey("units.id"), primary_key=True),
    Column("record", Text, nullable=False),
)

skips = Table(
    "skips",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("skip", Text, nullable=False),
)
"""The lines of the feed that gave no indicator."""
