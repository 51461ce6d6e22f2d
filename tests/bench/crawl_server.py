"""The portal of `make bench-crawl`, in a process of its own: every answer is ready before it serves.

python -m bench.crawl_server REPORTS; the first line printed is the portal's record as JSON.
"""

import asyncio
import json
import sys

from nianbao.sample.exchange import Answer
from support.big_site import BigSite

_NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def main() -> None:
    """Serve until the process is ended."""
    asyncio.run(_serve(BigSite(int(sys.argv[1]))))


async def _serve(site: BigSite) -> None:
    answers = {target: _packed(answer) for target, answer in site.everything().items()}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(answers), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    site.netlocs = (f"{host}:{port}",)
    print(json.dumps(site.record()), flush=True)
    await server.serve_forever()


class _Connection(asyncio.Protocol):
    """One connection, kept alive; requests have no bodies."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self._answers = answers
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *heads, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for head in heads:
            target = head.split(b" ", 2)[1].decode("latin-1")
            self._transport.write(self._answers.get(target, _NOTHING))


def _packed(answer: Answer) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {answer.media_type}\r\n"
    return f"{head}Content-Length: {len(answer.body)}\r\n\r\n".encode() + answer.body


if __name__ == "__main__":
    main()
