"""The rows of the application table that its arithmetic speaks of, by their codes."""

from nianbao.forms import Form, Row

RECEIVED, CARRIED_IN = "received", "carried_in"
CLOSED, CARRIED_OUT = "closed_total", "carried_out"
OTHER = "other"
TOTAL = "total"
STATISTICS = {
    "received": ("received_by.in_person", "received_by.fax", "received_by.network", "received_by.letter"),
    "closed": ("closed_on_time", "closed_extended"),
    "answered": (
        "already_public", "granted", "partly_granted", "refused", "not_this_body", "not_existing",
        "needs_correction", "other_channel",
    ),
    "refused": (
        "refused.state_secret", "refused.trade_secret", "refused.privacy", "refused.safety_stability",
        "refused.not_government_information", "refused.other_law",
    ),
    "reviews": ("reviews.upheld", "reviews.corrected", "reviews.other"),
    "litigation": ("litigation.upheld", "litigation.corrected", "litigation.other"),
    "staff": ("staff_full_time", "staff_part_time"),
}  # fmt: skip
"""The sums of the statistics table of 2014 to 2018: total and parts, by row code."""
OF_WHICH = {
    "normative_disclosed": "disclosed",
    "press_conferences_by_head": "press_conferences",
    "online_interviews_by_head": "online_interviews",
}
"""Rows of that table that are a part of another, by row code."""
_NOT_RESULTS = {RECEIVED, CARRIED_IN, CLOSED, CARRIED_OUT}


def rows_of(form: Form, table: str) -> tuple[Row, ...]:
    """Return the rows that the form asks for, in printed order."""
    return tuple(row for row in form.table(table).rows if not row.optional)


def results_of(form: Form) -> tuple[str, ...]:
    """Return the codes of the result rows, （一） to （六）, that add up to （七）."""
    rows = rows_of(form, "applications")
    return tuple(row.code for row in rows if row.code not in _NOT_RESULTS)


def applicants_of(form: Form) -> tuple[str, ...]:
    """Return the codes of the six applicant columns; the seventh column is their total."""
    return tuple(c.code for c in form.table("applications").blocks[0].columns if c.code != TOTAL)


def outcomes_of(form: Form) -> tuple[str, ...]:
    """Return the codes of the four outcomes of a review; the fifth column is their total."""
    return tuple(c.code for c in form.table("reviews").blocks[0].columns if c.code != TOTAL)


def asked_codes(form: Form) -> tuple[str, ...]:
    """Return the codes of all cells that the form asks for, in printed order."""
    return tuple(code for code, cell in form.cells.items() if not cell.optional)
