"""Web addresses -> the same address, or a refusal: only what a browser may safely follow."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.errors import Unreadable

#: What may not stand in an address: white space, control characters, quotes and angle brackets.
_UNSAFE = re.compile('[\\s\\x00-\\x1f\\x7f-\\x9f<>"`\\\\^{}|]')
#: An address that is what it says, without user, port or capitals in its host: nearly every one.
_PLAIN = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}(?:/[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]*)?")
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|\[[0-9a-fA-F:.]+\]")


def link(text: str) -> str:
    """Return the address in ``text``, the scheme and host in lower case; only http and https are links.

    Raises:
        Unreadable: empty, another scheme, no host, a name and password in it, or more than an address in the cell.

    >>> link(" HTTPS://English.SPbSTU.ru/media/News?id=1#top ")
    'https://english.spbstu.ru/media/News?id=1#top'
    >>> link("javascript:alert(1)")
    Traceback (most recent call last):
    etl.errors.Unreadable: not a web address: only http and https are links
    """
    address = text.strip()
    if _PLAIN.fullmatch(address):
        return address
    if not address:
        raise Unreadable("no web address")
    if _UNSAFE.search(address):
        raise Unreadable("not one web address: blanks or unsafe characters in it")
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in ("http", "https") or not rest:
        raise Unreadable("not a web address: only http and https are links")
    return _checked(f"{scheme.lower()}://{rest}")


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Unreadable(f"not a web address: {error}") from None
    if not host or not (_HOST.fullmatch(parts.netloc.rpartition("@")[2].split(":")[0]) or host.count(":") > 1):
        raise Unreadable("not a web address: no host name")
    if "@" in parts.netloc:
        raise Unreadable("not a public web address: it carries a user name")
    place = parts.netloc.lower() if port or ":" not in parts.netloc else host
    return address.replace(parts.netloc, place, 1)
