"""What the client costs before anything is asked: proven in fresh processes."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"textual", "httpx", "httpcore", "anyio", "pydantic", "tenacity", "rich", "click", "h11"}


def _loaded_after(program: str) -> set[str]:
    printing = "\nimport sys\nprint(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", program + printing], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_client_loads_nothing_heavy() -> None:
    loaded = _loaded_after(
        "import hoopscope.gateway.client, hoopscope.gateway.query, hoopscope.gateway.row, "
        "hoopscope.gateway.page, hoopscope.gateway.access, hoopscope.gateway.errors"
    )
    assert "hoopscope" in loaded
    assert loaded & HEAVY == set()


def test_decoding_a_page_and_meeting_an_error_load_nothing_heavy() -> None:
    loaded = _loaded_after(
        "from hoopscope.gateway.page import SessionPage\n"
        "SessionPage.from_json({'data': [{'id': 'a'}]})\n"
        "try:\n    SessionPage.from_json(None)\nexcept Exception as error:\n    str(error)"
    )
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(("is_hurried", "needed"), [(False, {"httpx", "h11"}), (True, set())])
def test_a_first_request_loads_httpx_and_little_else_or_not_even_that(
    is_hurried: bool, needed: set[str]
) -> None:
    loaded = _loaded_after(
        "import asyncio\n"
        "from hoopscope.gateway.access import GatewayAccess\n"
        "from hoopscope.gateway.client import Gateway\n"
        "from hoopscope.gateway.query import SessionQuery\n"
        "async def answering(reader, writer):\n"
        "    await reader.readuntil(b'\\r\\n\\r\\n')\n"
        "    writer.write(b'HTTP/1.1 200 OK\\r\\nContent-Length: 12\\r\\n\\r\\n{\"data\": []}')\n"
        "    writer.close()\n"
        "async def main():\n"
        "    server = await asyncio.start_server(answering, '127.0.0.1', 0)\n"
        "    port = server.sockets[0].getsockname()[1]\n"
        "    access = GatewayAccess(f'http://127.0.0.1:{port}')\n"
        f"    async with server, Gateway(access, is_hurried={is_hurried}) as gateway:\n"
        "        assert (await gateway.sessions(SessionQuery())).rows == ()\n"
        "asyncio.run(main())"
    )
    assert loaded & HEAVY == needed


@pytest.mark.parametrize(
    "program",
    [
        "import hoopscope.gateway.lean_httpx, httpx",
        "import httpx, hoopscope.gateway.lean_httpx",
        "from hoopscope.gateway.lean_httpx import httpx",
    ],
)
def test_httpx_is_whole_whoever_loads_it_first(program: str) -> None:
    assert "httpx" in _loaded_after(program + "\nhttpx.AsyncClient, httpx.main, httpx.get")
