"""The peers, in the order of the table."""

from stacks.openssl import OpenSsl
from stacks.peer import Peer
from stacks.python import Python

PEERS: list[Peer] = [OpenSsl(), Python()]
