"""One harvest of `make bench-crawl` by Scrapy; prints what it took as JSON.

python -m bench.crawl_scrapy FOLDER START CONCURRENCY SYNCED. The spider does what a spider for this
site has to: robots.txt, the list with its next pages, each report's bytes under their hash, a log
line for each request. With `synced`, files are written as our archive writes them, to outlast a
power cut. It doesn't look for blocks or attachments.
"""

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from bench.spent import Spent
from nianbao.archive import Archive


class ReportSpider(scrapy.Spider):
    """Follows the list, and keeps what it leads to."""

    name = "reports"

    def __init__(self, folder: str, start: str, synced: str) -> None:
        super().__init__()
        self.start_urls = [start]
        self.folder = Path(folder)
        self.archive = Archive(folder) if synced == "synced" else None
        self.log_file = (self.folder / "log.jsonl").open("a", encoding="utf-8")
        self.pages = 0

    def parse(self, response: Response, **_: Any) -> Iterator[scrapy.Request]:
        """Read a page of the list."""
        self.note(response, "")
        for link in response.css("table a"):
            if "年度报告" in link.attrib.get("title", ""):
                yield response.follow(link, self.keep)
        for link in response.css("p > a"):
            yield response.follow(link, self.parse)

    def keep(self, response: Response) -> None:
        """Keep a report."""
        name = sha256(response.body).hexdigest()
        if self.archive:
            self.archive.put(response.body)
        else:
            self.write(name, response.body)
        self.note(response, name)

    def write(self, name: str, body: bytes) -> None:
        """Write a file as most spiders do."""
        path = self.folder / "bytes" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    def note(self, response: Response, name: str) -> None:
        """Write a line of the log."""
        self.pages += 1
        line = {"url": response.url, "status": response.status, "sha256": name}
        self.log_file.write(json.dumps(line) + "\n")


def main() -> None:
    """Harvest, and print requests, seconds and seconds of the processor."""
    folder, start, concurrency, synced = sys.argv[1:]
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS_PER_DOMAIN": int(concurrency),
            "ROBOTSTXT_OBEY": True,
            "DOWNLOAD_DELAY": 0,
            "COOKIES_ENABLED": True,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    crawler = process.create_crawler(ReportSpider)
    process.crawl(crawler, folder=folder, start=start, synced=synced)
    spent = Spent()
    process.start()
    assert isinstance(crawler.spider, ReportSpider)
    # robots.txt is a page too.
    print(json.dumps(spent.told(crawler.spider.pages + 1)))


if __name__ == "__main__":
    main()
