"""The bodies that report: who they are, what they were called, where they are, who came after."""

from sqlalchemy import Boolean, Column, Integer, SmallInteger

from nianbao.warehouse.tables.base import table, text, year

organisations = table(
    "organisations",
    "Bodies that report; one row per stable id",
    text("org_id", "Stable id, never reused; it survives renamings", nullable=False),
    text("name", "Official name, or the name as printed where no record has it"),
    text("credit_code", "统一社会信用代码, where known"),
    text("site_code", "网站标识码 of its site, where a roster tells it"),
    text("kind", "government, department, township, subdistrict or institution; null where untold"),
    text("theme", "What it is about, see themes; null where its name doesn't tell"),
    text("level", "central, province, prefecture, county or township; null where untold"),
    text("division", "Six-digit code of the administrative division, where known"),
    text("division_2020", "Code of 2020 that covers the place; null where no single one does"),
    text("province", "Name of the province, today or when the place was last there"),
    text("prefecture", "Name of the prefecture"),
    text("county", "Name of the county"),
    text("parent_org_id", "The body above it: as a roster says, else the government of its place"),
    Column("valid_from", SmallInteger, comment="First report year; null where not known"),
    Column("valid_to", SmallInteger, comment="Last report year; null where it still exists"),
    Column("registered", Boolean, comment="True where a portal record or a roster names the body"),
)

organisation_names = table(
    "organisation_names",
    "Every name that stands for a body, with where it comes from",
    text("org_id", "Organisation", nullable=False),
    text("name", "Name", nullable=False),
    text("normalised", "The same as names are compared: width folded, without white space"),
    text("source", "record, alias, roster or printed"),
)

organisation_ids = table(
    "organisation_ids",
    "Ids given to names that no record had, with what each stands for today",
    text("given_id", "Id that was given", nullable=False),
    text(
        "org_id", "Organisation that the name belongs to today; null where no report prints it now"
    ),
    text("name", "Name as printed, normalised"),
    text("site_division", "Division of the site it was found on, which may have told the place"),
)

organisation_successions = table(
    "organisation_successions",
    "Whose work went to whom; organisation_lineage follows it to the end",
    text("org_id", "The body that was there before", nullable=False),
    text("successor_id", "The body that took its work over", nullable=False),
    year("First report year that the successor reports on"),
    text(
        "reason",
        "merged or divided: its division was; reform_…: departments were merged by a reform of "
        "institutions; roster: a roster says so",
    ),
    text(
        "source",
        "roster; names or codes, where the lists of divisions tell it; unverified for what is declared "
        "in this project and has no source in it, reforms of departments among them",
    ),
)

themes = table(
    "themes",
    "What bodies are about",
    text("theme", "Theme, as in organisations", nullable=False),
    text("title_zh", "Title"),
    text("title_en", "The same in English"),
)

divisions = table(
    "divisions",
    "Administrative divisions by code, one row for each name under it, with the code of 2020",
    text("code", "Six-digit code (GB/T 2260)", nullable=False),
    text("name", "Name under this code"),
    text("level", "province, prefecture or county"),
    Column(
        "first_year", SmallInteger, comment="First year of the code and name; 2013 may be older"
    ),
    Column("last_year", SmallInteger, comment="Last year; null where in force"),
    text("code_2020", "Code of 2020 that covers the place; null where no single one does"),
    text("place", "The oldest code of the same place: the same for all its codes and names"),
    text("successor", "Code of the next year's division with all or most of it, where it ended"),
    text("succession", "renamed, merged or divided"),
    text(
        "succession_source",
        "names (the same name or stem goes on), codes (the lists of codes leave no other choice) or "
        "unverified (declared: the lists have both codes, and not which took over which)",
    ),
    text("province", "Code of the province"),
    text("prefecture", "Code of the prefecture; null for provinces and where there is none"),
    text("source", "GB/T 2260, or registry where only a portal record or a roster has the code"),
)

division_years = table(
    "division_years",
    "For the divisions of organisations: code and names in each report year",
    text("division", "Code as in organisations", nullable=False),
    year(),
    text("code", "Code of the same place in that year"),
    text("code_2020", "Code of 2020 that covers the place; null where no single one does"),
    text("province", "Name of the province in that year"),
    text("prefecture", "Name of the prefecture"),
    text("county", "Name of the county"),
)

roster = table(
    "roster",
    "Who must report, as the rosters say; one row per line",
    text("org_id", "Organisation", nullable=False),
    text("name", "Name as the roster has it"),
    text("credit_code", "统一社会信用代码"),
    text("site_code", "网站标识码"),
    text("division", "Six-digit code of the administrative division"),
    text("kind", "As the roster says"),
    text("theme", "As the roster says"),
    text("parent", "Name or credit code of the body above, as the roster has it"),
    Column("obliged_from", SmallInteger, comment="First report year; null where open"),
    Column("obliged_to", SmallInteger, comment="Last report year; null where open"),
    text("portal_id", "Portal where its reports have to be"),
    text("scope", "Scope of the report it owes, where the roster says"),
    text("source", "File and line"),
)

deadlines = table(
    "deadlines",
    "Statutory days of publication; the most particular rule that fits decides",
    Column("rule", Integer, comment="Number of the rule, national ones first", nullable=False),
    Column("first_year", SmallInteger, comment="First report year that the rule speaks of"),
    Column("last_year", SmallInteger, comment="Last report year; null where open"),
    text("kind", "Kind of organisation; null for all but institutions"),
    text("level", "Level; null for all"),
    text("place", "Beginning of a division's code: 37, 3709, 370983; null for all"),
    text("scope", "Scope; null for all"),
    Column("month", SmallInteger, comment="Month of the year after the report year"),
    Column("day", SmallInteger, comment="Last day"),
    text("basis", "Article of the regulation, or the local rule"),
)
