"""That the matrix notices what is not as it should be."""

import unittest
from typing import Any

from cases import CASES, Case
from render import BEGIN, END, replace_generated
from verify import disagreement

GOOD: dict[str, Any] = {
    "version": "TLS 1.2",
    "cipher_suite": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "group": "x25519",
    "resumed": "none",
    "client_signature_scheme": None,
    "application_protocol": None,
}


class Verdict(unittest.TestCase):
    def test_is_good_for_what_was_wanted(self) -> None:
        case = Case("", suite=GOOD["cipher_suite"], group="x25519")
        self.assertIsNone(disagreement(case, [GOOD]))

    def test_names_what_is_not_as_wanted(self) -> None:
        wrong: list[tuple[Case, dict[str, Any]]] = [
            (Case(""), {"version": "TLS 1.1"}),
            (Case("", suite=GOOD["cipher_suite"]), {"cipher_suite": "TLS_RSA_"}),
            (Case("", key="ec"), {}),
            (Case("", group="secp256r1"), {}),
            (Case("", mutual=True), {}),
            (Case(""), {"client_signature_scheme": "rsa_pss_rsae_sha256"}),
            (Case("", alpn="http/1.1"), {}),
            (Case(""), {"application_protocol": "h2"}),
            (Case(""), {"resumed": "ticket"}),
        ]
        for case, changed in wrong:
            with self.subTest(case=case, changed=changed):
                self.assertIsNotNone(disagreement(case, [GOOD | changed]))

    def test_wants_the_second_connection_resumed_in_the_right_way(self) -> None:
        case = Case("", resumed="ticket")
        for how, good in (("ticket", True), ("session_id", False), ("none", False)):
            with self.subTest(how=how):
                wrong = disagreement(case, [GOOD, GOOD | {"resumed": how}])
                self.assertEqual(wrong is None, good)

    def test_wants_two_connections_for_a_resumption(self) -> None:
        self.assertIsNotNone(disagreement(Case("", resumed="ticket"), [GOOD]))

    def test_wants_a_connection(self) -> None:
        for case in CASES:
            self.assertIsNotNone(disagreement(case, []))


class Document(unittest.TestCase):
    def test_keeps_what_is_written_by_hand(self) -> None:
        document = f"before\n{BEGIN}\nold\n{END}\nafter\n"
        written = replace_generated(document, "new")
        self.assertEqual(written, f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n")

    def test_is_refused_without_its_markers(self) -> None:
        for document in ("", BEGIN, f"{END} {BEGIN}"):
            with self.assertRaises(ValueError):
                replace_generated(document, "new")


if __name__ == "__main__":
    unittest.main()
