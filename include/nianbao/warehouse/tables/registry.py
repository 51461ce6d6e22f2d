"""What the portals and the harvests are: the registry and the log."""

from sqlalchemy import Column, DateTime, Integer, SmallInteger

from nianbao.warehouse.tables.base import RUN, table, text

portals = table(
    "portals",
    "Portals of the registry",
    text("portal_id", "Province and file name of the portal's record", nullable=False),
    text("name", "Name of the portal"),
    text("family", "Kind of content management system"),
    text("stage", "published or draft"),
    text("verified", "How the record was verified"),
)

fetches = table(
    "fetches",
    "Every request of every harvest with its one outcome",
    text("run_id", "Harvest run", info=RUN),
    text("portal_id", "Portal"),
    text("url", "Address asked for"),
    text("purpose", "robots, list or report"),
    text(
        "outcome",
        "fetched, unchanged, changed, blocked, gone, refused_by_robots, "
        "outside_allow_list, over_limit or failed",
    ),
    Column("fetched_at", DateTime, comment="When the answer was complete, in UTC", info=RUN),
    Column("duration_ms", Integer, comment="Milliseconds from request to end of body", info=RUN),
    Column("status", SmallInteger, comment="HTTP status, where one came"),
    Column("size", Integer, comment="Bytes of the body as received"),
    text("sha256", "SHA-256 of the body, for reports"),
    text("media_type", "Content-Type header"),
    text("message", "Reason where nothing usable came"),
    content=False,
)
