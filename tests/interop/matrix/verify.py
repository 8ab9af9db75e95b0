"""Whether our side's JSON says what the case wants."""

from typing import Any

from cases import Case

Agreement = dict[str, Any]


def _first(case: Case, agreement: Agreement) -> dict[str, tuple[Any, Any]]:
    kind = {"rsa": "_RSA_", "ec": "_ECDSA_"}[case.key]
    wanted: dict[str, tuple[Any, Any]] = {
        "version": ("TLS 1.2", agreement["version"]),
        "kind of certificate": (True, kind in agreement["cipher_suite"]),
        "resumed": ("none", agreement["resumed"]),
        "client's certificate used": (
            case.mutual,
            agreement["client_signature_scheme"] is not None,
        ),
        "application_protocol": (case.alpn, agreement["application_protocol"]),
    }
    if case.suite:
        wanted["cipher_suite"] = (case.suite, agreement["cipher_suite"])
    if case.group:
        wanted["group"] = (case.group, agreement["group"])
    return wanted


def disagreement(case: Case, agreements: list[Agreement]) -> str | None:
    """What is not as it should be in the connections of a cell, in their order; None if nothing."""
    if len(agreements) < case.connections:
        return f"{len(agreements)} of {case.connections} connections completed"
    wanted = _first(case, agreements[0])
    if case.resumed:
        wanted["resumed the second time"] = (case.resumed, agreements[-1]["resumed"])
    wrong = [
        f"{name} is {actual!r}, not {expected!r}"
        for name, (expected, actual) in wanted.items()
        if expected != actual
    ]
    return "; ".join(wrong) or None
