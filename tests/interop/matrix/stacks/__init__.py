"""The peers, in the order of the table."""

from pathlib import Path

from stacks.botan import Botan
from stacks.chromium import Chromium
from stacks.curl import Curl
from stacks.gnutls import GnuTls
from stacks.go import Go
from stacks.haproxy import HaProxy
from stacks.mbedtls import MbedTls
from stacks.nginx import Nginx
from stacks.node import Node
from stacks.nss import Nss
from stacks.openssl import OpenSsl
from stacks.peer import Peer
from stacks.python import Python
from stacks.rustls import Rustls
from stacks.stunnel import Stunnel
from stacks.wolfssl import WolfSsl


def all_peers(built: Path) -> list[Peer]:
    """With those that our build made in this folder, and others that are compiled there."""
    return [
        OpenSsl(),
        GnuTls(),
        MbedTls(built),
        WolfSsl(built),
        Botan(),
        Nss(),
        Go(built),
        Rustls(built),
        Python(),
        Node(),
        Curl(),
        Stunnel(),
        Nginx(),
        HaProxy(),
        Chromium(),
    ]
