"""The certificates of the matrix, made by `glasstls cert lab`, and what a cell is given."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "localhost"  # which the lab's certificates are for


@dataclass(frozen=True)
class Lab:
    folder: Path

    def _file(self, name: str) -> str:
        return str(self.folder / name)

    @property
    def ca(self) -> str:
        return self._file("ca-cert.pem")

    @property
    def certificate(self) -> str:
        return self._file("server-cert.pem")

    @property
    def chain(self) -> str:
        return self._file("server-chain.pem")

    @property
    def key(self) -> str:
        return self._file("server-key.pem")

    @property
    def client_certificate(self) -> str:
        return self._file("client-cert.pem")

    @property
    def client_key(self) -> str:
        return self._file("client-key.pem")


@dataclass(frozen=True)
class Place:
    """Where a cell takes place."""

    lab: Lab
    folder: Path  # the cell's own, empty
    port: int  # of the TLS server
    plain_port: int  # of a proxy's other side


def make_labs(program: str, folder: Path) -> dict[str, Lab]:
    """By the kind of key."""
    labs = {}
    for kind in ("rsa", "ec"):
        command = [program, "cert", "lab", str(folder / kind), "--key", kind]
        subprocess.run(command, check=True, capture_output=True)
        labs[kind] = Lab(folder / kind)
    return labs
