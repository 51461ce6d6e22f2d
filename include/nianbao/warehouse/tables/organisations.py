"""The bodies that report."""

from sqlalchemy import Boolean, Column

from nianbao.warehouse.tables.base import table, text

organisations = table(
    "organisations",
    "Bodies that report; one row per stable id",
    text("org_id", "Stable id, never reused", nullable=False),
    text("name", "Official name, or the name as printed where no record has it"),
    text("credit_code", "统一社会信用代码, where known"),
    text("division", "Six-digit code of the administrative division, where known"),
    Column("registered", Boolean, comment="True where a portal record names the body"),
)
