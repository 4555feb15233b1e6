"""Answers everything with a session whose recording is large: BYTES, payloads of about SIZE bytes.

Prints its port. The document is made while it is sent, and held nowhere.
"""

from __future__ import annotations

import asyncio
import sys
from base64 import b64encode
from collections.abc import Iterator
from random import Random

_PAYLOADS = 200


def document(total: int, size: int) -> Iterator[bytes]:
    """The JSON, in pieces."""
    choose = Random(1)
    lengths = [1 + int(choose.expovariate(1 / size)) for _ in range(_PAYLOADS)]
    payloads = [b64encode(choose.randbytes(length)).decode() for length in lengths]
    yield b'{"id": "x", "script": {"data": ""}, "status": "done", "event_stream": ['
    sent = number = 0
    while sent < total:
        piece = ",".join(
            f'[{0.0123 * each:.9f},"o","{payloads[each % _PAYLOADS]}"]'
            for each in range(number, number + 100)
        )
        yield ("," if number else "").encode() + piece.encode()
        number += 100
        sent += len(piece)
    yield b'], "event_size": %d}' % sent


async def main(total: int, size: int) -> None:
    """Serve until ended."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        writer.write(b"Connection: close\r\n\r\n")
        for piece in document(total, size):
            writer.write(piece)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
