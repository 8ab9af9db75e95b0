"""Certificates for all peers: the folder that README.md describes, made by `glasstls cert`."""

import subprocess
from pathlib import Path

CA_NAME = "CN=GlassTLS bench CA"  # of all: a root is not told apart by its name
KINDS = {"rsa": "rsa", "p256": "ec"}


class LabFailed(Exception):
    """In the program's words."""


def run(program: Path, *arguments: str) -> None:
    done = subprocess.run(
        [str(program), "cert", *arguments], capture_output=True, text=True
    )
    if done.returncode != 0:
        raise LabFailed(f"glasstls cert {arguments[0]} failed: {done.stderr.strip()}")


def make_ca(program: Path, folder: Path, kind: str) -> tuple[str, str]:
    certificate, key = str(folder / "root.pem"), str(folder / "root-key.pem")
    run(
        program,
        *("ca", "--subject", CA_NAME, "--key-type", kind),
        *("--key-out", key, "--out", certificate),
    )
    return certificate, key


def make_site(program: Path, folder: Path, key: str, name: str) -> None:
    """A CA, and a server's certificate that it signed."""
    folder.mkdir(parents=True)
    root, root_key = make_ca(program, folder, KINDS[key])
    request = str(folder / "request.pem")
    run(
        program,
        *("request", "--name", name, "--key-type", KINDS[key]),
        *("--key-out", str(folder / f"{key}-key.pem"), "--out", request),
    )
    run(
        program,
        *("issue", "--ca", root, "--ca-key", root_key, "--request", request),
        *("--name", name, "--out", str(folder / f"{key}-chain.pem")),
    )


def make_lab(program: Path, folder: Path) -> None:
    for key in KINDS:
        make_site(program, folder / key, key, "server.test")
        make_site(program, folder / "wrong-name" / key, key, "other.test")
        wrong_root = folder / "wrong-root" / key
        make_site(program, wrong_root, key, "server.test")
        (wrong_root / "root.pem").write_bytes((folder / key / "root.pem").read_bytes())
