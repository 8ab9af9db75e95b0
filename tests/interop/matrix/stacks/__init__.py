"""The peers, in the order of the table."""

from stacks.botan import Botan
from stacks.curl import Curl
from stacks.gnutls import GnuTls
from stacks.node import Node
from stacks.openssl import OpenSsl
from stacks.peer import Peer
from stacks.python import Python

PEERS: list[Peer] = [OpenSsl(), GnuTls(), Botan(), Python(), Node(), Curl()]
