"""Failed checks in words: what a row of the warehouse says to an office, with people masked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nianbao import privacy
from nianbao.model import sha256_of
from nianbao.site.checks.pages import Finding
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

SEVERITIES = ("error", "warning", "info")
_NOTHING = ("", "—", None)


def masked(text: str | None) -> str:
    """Return a text with mobile and identity numbers, applicants' names and addresses masked."""
    return privacy.masked(text) if text else ""


def anchor_of(row: Row) -> str:
    """Return the name by which links reach a finding; it outlives rebuilds."""
    key = row["item_key"] or sha256_of(
        "\n".join((row["report_id"], row["rule_id"], row["subject"] or "")).encode()
    )
    return "f" + "".join(sign for sign in key if sign.isalnum())[:16].lower()


def anchors(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the names of one agency's findings; those of one subject are numbered."""
    met: Counter[str] = Counter()
    for row in rows:
        name = anchor_of(row)
        met[name] += 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"


def state_of(row: Row) -> str:
    """Return what became of a finding; an error or a warning without a verdict is open.

    A note asks nothing of anybody, so it has a state only where somebody decided on it.
    """
    asks = row["severity"] in ("error", "warning")
    if row["state"] in (None, "open") and not row["state_at"]:
        return "open" if asks else ""
    return str(row["state"])


def decider(who: str | None, automatic: bool | None, words: Words) -> str:
    """Return who decided; the pipeline does by itself where the next version of the report tells.

    A user of a machine may have the pipeline's name, which tells only where an older version of the
    warehouse does not say.
    """
    is_ours = who == "nianbao" if automatic is None else automatic
    return words("agency.automatic") if is_ours else who or ""


def message_of(row: Row, words: Words) -> str:
    """Return the finding as a sentence."""
    language = words.language
    told = row[f"message_{language}"] or row["message_zh"]
    if told:
        return masked(told)
    subject = row[f"subject_{language}"] or row["subject"] or ""
    message = words("agency.told", subject=subject, observed=row["observed"] or "—")
    if row["expected"] not in _NOTHING:
        message += words("agency.told_expected", expected=row["expected"])
    return masked(message + (words("agency.told_note", note=row["note"]) if row["note"] else ""))


def finding(row: Row, anchor: str, rule: Row, words: Words) -> Finding:
    """Return a finding of an agency's page."""
    language = words.language
    message = message_of(row, words)
    compares = row["expected"] not in _NOTHING
    note = masked(row["note"])
    who = decider(row["state_by"], row["state_automatic"], words)
    decided = (who, row["state_at"], row["state_reason"])
    return Finding(
        anchor=anchor,
        severity=row["severity"],
        state=state_of(row),
        state_note=masked(" · ".join(filter(None, decided))),
        message=message,
        rule=row["rule_id"],
        title=rule[f"title_{language}"],
        printed=masked(row["observed"]) if compares else "",
        expected=masked(row["expected"]) if compares else "",
        worked="" if note in message else note,
        blame=row["blame"] or "",
        why=row[f"blame_{language}"] or "",
        basis=rule[f"basis_{language}"] or "",
        advice=rule[f"advice_{language}"] or "",
        quote=masked(row["quote"]),
        location=row["location"] or "",
    )


def unknown_rule(row: Row) -> Mapping[str, object]:
    """Return what stands for a rule that the warehouse does not describe."""
    name = row["rule_id"]
    texts = ("basis_zh", "basis_en", "advice_zh", "advice_en")
    return {"title_zh": name, "title_en": name, **dict.fromkeys(texts, "")}
