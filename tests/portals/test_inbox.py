import json

from nianbao.model import Portal
from nianbao.portals.families import family_named

PORTAL = Portal(id="inbox", name="收件箱", family="inbox", start_urls=("s3://bucket/inbox",))


def _read(*names: str):
    lines = [{"name": n, "url": f"s3://bucket/inbox/{n}", "size": 1, "mtime": ""} for n in names]
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    family = family_named("inbox")
    (request,) = family.start(PORTAL, None).requests
    return family.read(PORTAL, request, body, "application/jsonl")


def test_every_file_is_a_lead_named_after_itself():
    (lead,) = _read("2024/某局2023年政府信息公开工作年度报告.docx").leads
    assert lead.url.startswith("s3://bucket/inbox/2024/")
    assert (lead.title, lead.report_year) == ("某局2023年政府信息公开工作年度报告", 2023)


def test_hidden_and_temporary_files_are_not():
    names = [".DS_Store", "~$报告.docx", "a.pdf.part", "b.tmp", "Thumbs.db", ".git/x.pdf", "c.txt"]
    assert [lead.title for lead in _read(*names).leads] == ["c"]


def test_an_empty_inbox():
    assert _read().leads == ()
