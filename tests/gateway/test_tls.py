"""Whom a client trusts: the forms of a `tls_ca`, and real handshakes."""

from __future__ import annotations

import asyncio
import base64
import ssl
from pathlib import Path

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import GatewayError, TlsFailed
from hoopscope.gateway.tls import certificates, tls_context
from tests.gateway.servers import CERTIFICATE, Received, Server, as_json

PEM = CERTIFICATE.read_text()
DER = ssl.PEM_cert_to_DER_cert(PEM)


def _trusted(tls_ca: str) -> int:
    access = GatewayAccess("https://gateway.example", tls_ca=tls_ca)
    return tls_context(access).cert_store_stats()["x509_ca"]


@pytest.mark.parametrize(
    "tls_ca",
    [
        PEM,
        f"\n{PEM}\n",
        PEM * 2,
        str(CERTIFICATE),
        base64.b64encode(PEM.encode()).decode(),
        base64.encodebytes(PEM.encode()).decode(),
        base64.b64encode(DER).decode(),
    ],
    ids=["pem", "spaces", "bundle", "path", "base64", "wrapped base64", "base64 of DER"],
)
def test_every_form_trusts_that_authority_alone(tls_ca: str) -> None:
    assert _trusted(tls_ca) == 1


@pytest.mark.parametrize(
    ("tls_ca", "what"),
    [
        ("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----", "no certificate"),
        (base64.b64encode(b"rubbish").decode(), "no certificate"),
        ("/no/such/file.pem", "neither PEM"),
        ("x" * 5_000 + "!", "neither PEM"),
        ("nul\0", "neither PEM"),
    ],
)
def test_what_is_no_certificate_is_told(tls_ca: str, what: str) -> None:
    with pytest.raises(TlsFailed, match=what):
        _trusted(tls_ca)


def test_a_folder_is_no_certificate(tmp_path: Path) -> None:
    with pytest.raises(TlsFailed, match="neither PEM"):
        certificates(str(tmp_path))


def test_without_one_the_system_is_trusted_and_checked() -> None:
    context = tls_context(GatewayAccess("https://gateway.example"))
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_skipping_trusts_anybody() -> None:
    context = tls_context(GatewayAccess("https://gateway.example", skip_tls_verify=True))
    assert context.verify_mode == ssl.CERT_NONE
    assert not context.check_hostname


async def ask(url: str, *, tls_ca: str = "", skip: bool = False) -> object:
    access = GatewayAccess(url, "eyJh.b.c", tls_ca=tls_ca, skip_tls_verify=skip)
    async with Gateway(access) as gateway:
        return await gateway.get_json("/api/users")


async def test_a_self_signed_certificate_is_not_trusted() -> None:
    async with Server(as_json([]), tls=True) as server:
        with pytest.raises(TlsFailed, match=r"not trusted: self[- ]signed") as caught:
            await ask(server.url)
    assert server.received == []
    assert "tls_ca" in caught.value.advice


@pytest.mark.parametrize(
    "tls_ca",
    [PEM, str(CERTIFICATE), base64.b64encode(PEM.encode()).decode()],
    ids=["pem", "path", "base64"],
)
async def test_a_tls_ca_makes_it_trusted(tls_ca: str) -> None:
    async with Server(as_json(["here"]), tls=True) as server:
        assert await ask(server.url, tls_ca=tls_ca) == ["here"]


async def test_a_certificate_for_another_name_is_not_trusted() -> None:
    async with Server(as_json([]), tls=True) as server:
        with pytest.raises(TlsFailed, match=r"not trusted.*localhost"):
            await ask(server.url.replace("127.0.0.1", "localhost"), tls_ca=PEM)
    assert server.received == []


async def test_skipping_the_check_trusts_anybody() -> None:
    async with Server(as_json(["here"]), tls=True) as server:
        assert await ask(server.url, skip=True) == ["here"]


async def test_a_tls_ca_that_is_none_is_told_before_anything_is_sent() -> None:
    async with Server(as_json([]), tls=True) as server:
        with pytest.raises(TlsFailed, match="neither PEM"):
            await ask(server.url, tls_ca="/no/such/file")
    assert server.received == []


async def test_https_to_a_port_without_tls() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(TlsFailed, match="does not speak TLS") as caught:
            await ask(f"https://127.0.0.1:{port}", skip=True)
    assert "http://" in caught.value.advice


@pytest.mark.usefixtures("no_waiting")
async def test_http_to_a_port_with_tls() -> None:
    async with Server(as_json([]), tls=True) as server:
        with pytest.raises(GatewayError):
            await ask(server.url.replace("https", "http"))
    assert server.received == []


async def test_trouble_with_tls_is_not_tried_again() -> None:
    tries = 0

    def count(request: Received) -> bytes:
        return as_json([])

    async with Server(count, tls=True) as server:
        original = server._serve

        async def counting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal tries
            tries += 1
            await original(reader, writer)

        server._serve = counting  # type: ignore[method-assign]
        with pytest.raises(TlsFailed):
            await ask(server.url)
    assert tries <= 1
