"""What is told of where a report came from: an address of the web, or a file's name and no path."""

import pytest

from nianbao.privacy import told_source


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://www.site.gov.cn/a/b.html", "https://www.site.gov.cn/a/b.html"),
        ("s3://inbox-of-a/2021/年报.docx", "年报.docx"),
        ("file:///srv/inbox/%E5%B9%B4%E6%8A%A5.docx", "年报.docx"),
        ("/srv/inbox/年报.docx", "年报.docx"),
        (r"C:\inbox\年报.docx", "年报.docx"),
        ("file:///srv/a%2Fsecret%2Fb.docx", "b.docx"),
        ("http://[bad", "[bad"),
        (None, ""),
    ],
)
def test_no_path_of_a_machine_is_told(url: str | None, told: str) -> None:
    assert told_source(url) == told
