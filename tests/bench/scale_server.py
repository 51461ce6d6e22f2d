"""The portals of `make bench-scale`: many large sites on ports of one process.

python -m bench.scale_server PORTALS REPORTS; the first line printed is the records as a JSON list.
Answers are made as they are asked for: those of 20,000 reports would fill the memory.
"""

import asyncio
import json
import sys

from nianbao.sample.exchange import Asked
from nianbao.sample.sites.places import Entry
from support.big_site import BigSite


class Numbered(BigSite):
    """A large site whose pages are those of no other one."""

    def __init__(self, number: int, reports: int) -> None:
        super().__init__(reports)
        self.number = number

    def article_html(self, entry: Entry) -> str:
        return f"{super().article_html(entry)}<!-- site {self.number} -->"


def main() -> None:
    """Serve until the process is ended."""
    portals, reports = int(sys.argv[1]), int(sys.argv[2])
    sizes = [reports // portals + (number < reports % portals) for number in range(portals)]
    asyncio.run(_serve([Numbered(number, size) for number, size in enumerate(sizes)]))


async def _serve(sites: list[Numbered]) -> None:
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda site=site: _Connection(site), "127.0.0.1", 0)
        for site in sites
    ]
    for site, server in zip(sites, servers, strict=True):
        host, port = server.sockets[0].getsockname()
        site.netlocs = (f"{host}:{port}",)
    print(json.dumps([site.record() for site in sites]), flush=True)
    await asyncio.gather(*(server.serve_forever() for server in servers))


class _Connection(asyncio.Protocol):
    """One connection, kept alive; requests have no bodies."""

    def __init__(self, site: Numbered) -> None:
        self._site, self._rest = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._packed(head.split(b" ", 2)[1].decode("latin-1")))

    def _packed(self, target: str) -> bytes:
        answer = self._site.answer(Asked("GET", target))
        head = f"HTTP/1.1 {answer.status} -\r\nContent-Type: {answer.media_type}\r\n"
        return f"{head}Content-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body


if __name__ == "__main__":
    main()
