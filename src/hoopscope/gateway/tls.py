"""Whom to trust: the TLS context for a gateway."""

from __future__ import annotations

import base64
import binascii
import ssl
from pathlib import Path

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.errors import TlsFailed

_BEGIN = "-----BEGIN"


def tls_context(access: GatewayAccess) -> ssl.SSLContext:
    """A context that trusts what `access` says; about 30 ms where that is the whole system's.

    A `tls_ca` takes the place of the system's authorities, as it does in the hoop CLI.
    Raises TlsFailed where the `tls_ca` cannot be used.
    """
    if access.skip_tls_verify:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    if access.tls_ca.strip():
        try:
            context = ssl.create_default_context(cadata=certificates(access.tls_ca))
        except (ssl.SSLError, ValueError):
            raise _unusable("holds no certificate that can be read") from None
        # Home-made authorities rarely keep to the letter of RFC 5280, which newer Pythons want.
        context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
        return context
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        # A Python that was built elsewhere may not know where this system keeps them.
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def certificates(tls_ca: str) -> str | bytes:
    """The certificates that a `tls_ca` stands for: PEM text, or bytes of DER.

    It may be PEM text itself, the path of a file with it, or base64 of it. Raises TlsFailed.
    """
    text = tls_ca.strip()
    if text.startswith(_BEGIN):
        return text
    file = Path(text).expanduser()
    try:
        if file.is_file():
            return file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        # A long base64 is no file name either, and says so with an error of its own.
        if not isinstance(error, FileNotFoundError) and len(text) < 256:
            raise _unusable(f"names a file that cannot be read ({error.strerror})") from None
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise _unusable("is neither PEM, nor a file that exists, nor base64 of PEM") from None
    return data.decode("ascii", "replace") if data.startswith(_BEGIN.encode()) else data


def _unusable(why: str) -> TlsFailed:
    return TlsFailed(
        f"The tls_ca setting {why}.",
        "Give the certificate of the authority that signed the gateway's: PEM, a file, or base64.",
    )
