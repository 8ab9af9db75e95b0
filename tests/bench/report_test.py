"""The page of scripts/bench, and the figures of docs/performance.md."""

import base64
import contextlib
import hashlib
import io
import pathlib
import re
import sys
import tempfile
import unittest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path[:0] = [str(BENCH / "report"), str(BENCH / "peers")]
import outside  # noqa: E402
import performance  # noqa: E402
import report  # noqa: E402

HOSTILE = "</td><script>alert(1)</script>"


def results():
    return {
        "schema": 1,
        "started": "2026-01-01T00:00:00Z",
        "machine": {"cpu": "A CPU", "features": {"aes": True, "adx": False}, "kernel": "Linux 6",
                    "compiler": "c++ 12"},
        "rounds": {"kept": 3, "discarded": 1},
        "reference": "OpenSSL",
        "stacks": [{"name": "OpenSSL", "version": "3.0.1", "of": "2021-12-14"},
                   {"name": "GlassTLS", "version": HOSTILE, "of": ""}],
        "left_out": [{"program": "peer_x", "reason": HOSTILE}],
        "tasks": [{"id": "full-client", "unit": "ns", "title": "full, client"},
                  {"id": "heap-client", "unit": "bytes", "title": "heap, client"},
                  {"id": "seal", "unit": "ns", "title": "nobody's"}],
        "figures": [
            {"task": "full-client", "stack": "OpenSSL", "median": 250000.0, "p10": 240000.0,
             "p90": 300000.0, "count": 90, "dropped": 10, "ratio": 1.0},
            {"task": "full-client", "stack": "GlassTLS", "median": 125000.0, "p10": 120000.0,
             "p90": 130000.0, "count": 100, "dropped": 0, "ratio": 2.0},
            {"task": "heap-client", "stack": "GlassTLS", "median": 3040.0, "p10": None, "p90": None,
             "count": 900, "dropped": 0, "ratio": None}],
        "steps": [{"kind": "full", "side": "client", "name": "glasstls::crypto::verify", "calls": 2,
                   "ns": 80000.0, "is_primitive": True},
                  {"kind": "full", "side": "client", "name": "everything else", "calls": 1,
                   "ns": 9000.0, "is_primitive": False}],
    }


class Quantities(unittest.TestCase):
    def test_have_three_digits_that_count(self):
        for value, unit, words in [(7, "ns", "7 ns"), (999.4, "ns", "999 ns"), (1234, "ns", "1.23 us"),
                                   (45678, "ns", "45.7 us"), (999600, "ns", "1.00 ms"),
                                   (512, "bytes", "512 B"), (3040, "bytes", "2.97 KiB"), (None, "ns", "-")]:
            self.assertEqual(report.quantity(value, unit), words)


class Page(unittest.TestCase):
    def setUp(self):
        self.page = report.page(results())

    def test_shows_figures_and_ratios(self):
        for words in ["125 us, 2.00 x", "2.97 KiB", "OpenSSL", "3 rounds, 1 discarded", "everything else"]:
            self.assertIn(words, self.page)

    def test_shows_hostile_words_as_text(self):
        self.assertNotIn("<script", self.page)
        self.assertIn("&lt;script&gt;", self.page)

    def test_allows_nothing_but_its_own_style(self):
        style = re.search("<style>(.*?)</style>", self.page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.assertIn(f"default-src 'none'; style-src 'sha256-{digest}'", self.page)
        self.assertNotIn(" style=", self.page)

    def test_leaves_out_what_nobody_measured(self):
        self.assertNotIn("nobody&#x27;s: median", self.page)

    def test_does_without_steps_and_reference(self):
        less = results()
        less["steps"], less["reference"] = None, None
        self.assertNotIn("Where our handshake", report.page(less))


class Performance(unittest.TestCase):
    TEXT = "a\n<!-- generated: figures -->\nold\n<!-- end -->\nb\n<!-- generated: steps -->\n<!-- end -->\n"

    def test_replaces_what_is_between_the_marks(self):
        text = performance.filled(self.TEXT, results())
        self.assertNotIn("old", text)
        self.assertIn("| full, client | 250 us | 125 us |", text)
        self.assertIn("| full, client | 1.00 | 2.00 |", text)
        self.assertIn("| full: client | 80.0 us | 9.00 us | verify 80.0 us", text)
        self.assertIn("0.9 % of all measurements were dropped", text)
        self.assertTrue(text.startswith("a\n") and "\nb\n" in text)

    def test_is_done_once(self):
        once = performance.filled(self.TEXT, results())
        self.assertEqual(performance.filled(once, results()), once)

    def test_says_what_is_wrong_with_its_files(self):
        with tempfile.TemporaryDirectory() as folder:
            document, results_file = pathlib.Path(folder, "d.md"), pathlib.Path(folder, "r.json")
            document.write_text(self.TEXT)
            for content, words in [(None, "No such file"), ("no JSON", "Expecting value"), ("{}", "'stacks' is not there")]:
                if content is not None:
                    results_file.write_text(content)
                said = io.StringIO()
                with contextlib.redirect_stderr(said):
                    self.assertEqual(performance.main([str(results_file), str(document)]), 2)
                self.assertIn(words, said.getvalue())
            self.assertEqual(document.read_text(), self.TEXT)

    def test_refuses_a_mark_that_it_does_not_know(self):
        with self.assertRaisesRegex(ValueError, "nothing generates fantasy"):
            performance.filled("<!-- generated: fantasy -->\n<!-- end -->", results())


class Outside(unittest.TestCase):
    SPEED = ("+F2:2:2048:4000.0:80000.0\n+F5:22:253:50000.0:0.00002\n+H:16384\n"
             "+F:25:AES-256-GCM:4096000000.0\n")

    def test_reads_what_openssl_speed_says(self):
        self.assertEqual(outside.operations(self.SPEED), {
            "RSA-2048 signature": 250000.0, "RSA-2048 verification": 12500.0, "x25519": 20000.0,
            "AES-256-GCM, 16 KiB": 4000.0})

    def test_takes_nothing_from_other_lines(self):
        self.assertEqual(outside.operations("+R1:1:x\n\nAES-256-GCM 1 2 3\n"), {})

    def test_stands_in_the_document(self):
        measured = results()
        measured["outside"] = [{"name": "a sum", "speed_ns": 200.0, "harness_ns": 300.0}]
        self.assertIn("| a sum | 200 ns | 300 ns | 1.50 |", performance.outside(measured))
        self.assertIn("could not be run", performance.outside(results()))


if __name__ == "__main__":
    unittest.main()
