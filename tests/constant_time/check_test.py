"""Does check.py read valgrind's reports right, and notice what changed?"""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check import leaks_of, short, verdict  # noqa: E402


def error(kind: str, *frames: tuple[str, str]) -> str:
    stack = "".join(
        f"<frame><ip>{ip}</ip><obj>/lib/lib.so</obj><fn>{fn}</fn></frame>" for ip, fn in frames
    )
    return f"<error><kind>{kind}</kind><stack>{stack}</stack></error>"


def report(*errors: str) -> str:
    return f"<?xml version='1.0'?><valgrindoutput>{''.join(errors)}</valgrindoutput>"


class Names(unittest.TestCase):
    def test_are_short(self):
        for name, words in [
            ("CryptoPP::Integer::Encode(char*, int) const", "CryptoPP::Integer::Encode"),
            ("unsigned int CryptoPP::Bits<int>(int const&)", "CryptoPP::Bits"),
            ("CryptoPP::A<CryptoPP::B<int>, 3u>::f(std::less<int>)", "CryptoPP::A::f"),
            ("glasstls::x::(anonymous namespace)::f(int)", "glasstls::x::f"),
            ("CryptoPP::Integer::operator<<=(unsigned long)", "CryptoPP::Integer::operator<<="),
            ("glasstls::F::operator()(int) const", "glasstls::F::operator()"),
            ("CryptoPP::Integer::operator!() const", "CryptoPP::Integer::operator!"),
        ]:
            self.assertEqual(short(name), words)


class Reports(unittest.TestCase):
    def test_count_places_once(self):
        seen = report(
            error("UninitCondition", ("0x1", "CryptoPP::f(int)"), ("0x9", "main")),
            error("UninitCondition", ("0x1", "CryptoPP::f(int)"), ("0x8", "glasstls::g()")),
            error("UninitCondition", ("0x2", "CryptoPP::f(int)")),
            error("UninitValue", ("0x3", "glasstls::g()")),
        )
        self.assertEqual(
            leaks_of(seen), {"CryptoPP::f": {"branch": 2}, "glasstls::g": {"address": 1}}
        )

    def test_name_who_called_the_c_library(self):
        frames = [("0x1", "bcmp"), ("0x2", "glasstls::wire::equal(int)")]
        seen = report(error("UninitCondition", *frames))
        self.assertEqual(leaks_of(seen), {"glasstls::wire::equal": {"branch": 1}})

    def test_keep_what_has_no_name(self):
        seen = report(error("UninitCondition", ("0x1", ""), ("0x2", "main")))
        self.assertEqual(leaks_of(seen), {"code without a name, in lib.so": {"branch": 1}})

    def test_keep_what_is_no_leak(self):
        seen = report(error("InvalidRead", ("0x1", "glasstls::g()")))
        self.assertEqual(leaks_of(seen), {"glasstls::g": {"InvalidRead": 1}})

    def test_may_be_empty(self):
        self.assertEqual(leaks_of(report()), {})


class Verdicts(unittest.TestCase):
    EXPECTED = {"cryptopp": "8.7.0", "cases": {"Clean": [], "Leaky": ["CryptoPP::f"]}}

    def verdict(self, case: str, *found: str, cryptopp: str = "8.7.0") -> list[str]:
        return verdict(case, {name: {"branch": 1} for name in found}, self.EXPECTED, cryptopp)

    def test_are_silent_if_all_is_as_expected(self):
        self.assertEqual(self.verdict("Clean"), [])
        self.assertEqual(self.verdict("Leaky", "CryptoPP::f"), [])

    def test_notice_a_leak_in_a_clean_case(self):
        self.assertEqual(
            self.verdict("Clean", "CryptoPP::f"),
            ["new: CryptoPP::f depends on a secret, 1 x branch"],
        )

    def test_notice_another_function(self):
        self.assertEqual(len(self.verdict("Leaky", "CryptoPP::f", "CryptoPP::g")), 1)

    def test_notice_a_leak_that_is_gone(self):
        self.assertIn("gone: CryptoPP::f", self.verdict("Leaky")[0])

    def test_allow_another_crypto_to_leak_elsewhere(self):
        self.assertEqual(self.verdict("Leaky", "CryptoPP::g", cryptopp="8.9.0"), [])

    def test_allow_another_crypto_nothing_more(self):
        self.assertNotEqual(self.verdict("Leaky", "glasstls::g", cryptopp="8.9.0"), [])
        self.assertNotEqual(self.verdict("Leaky", cryptopp="8.9.0"), [])
        self.assertNotEqual(self.verdict("Clean", "CryptoPP::g", cryptopp="8.9.0"), [])


if __name__ == "__main__":
    unittest.main()
