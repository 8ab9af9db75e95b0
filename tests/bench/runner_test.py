"""Does the runner ask all peers, and notice what is wrong with one?"""

import contextlib
import io
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "peers"))

from measure import measure  # noqa: E402
from peer import Peer, PeerFailed, find_programs  # noqa: E402
from plan import brief_plan, make_plan  # noqa: E402


class Peers(unittest.TestCase):
    """With copies of fake_peer.py, by name."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def peer(self, name: str) -> Path:
        program = self.folder / f"peer_{name}"
        shutil.copy(HERE / "fake_peer.py", program)
        program.chmod(0o755)
        return program

    def measured(self, *names: str, plan=None, stolen=lambda: 0):
        programs = [self.peer(name) for name in names]
        with contextlib.redirect_stderr(io.StringIO()):
            return measure(programs, self.folder, plan or brief_plan(), stolen)


class ThePeer(Peers):
    def refusal(self, name: str, command: str) -> str:
        with Peer(self.peer(name), self.folder) as peer:
            with self.assertRaises(PeerFailed) as caught:
                peer.ask(command)
        return str(caught.exception)

    def test_answers(self):
        with Peer(self.peer("one"), self.folder) as peer:
            self.assertEqual(peer.ask("about")["name"], "one")
            self.assertEqual(peer.ask("bulk seal 2"), {"ns": [50, 50], "dropped": 0})

    def test_fails_with_the_error_that_it_tells(self):
        self.assertEqual(
            self.refusal("unproven", "about"), "the client did not refuse"
        )

    def test_fails_with_its_last_words(self):
        words = self.refusal("dying", "handshakes resumed rsa x25519 1")
        self.assertIn("status 1", words)
        self.assertIn("these were my last words", words)

    def test_fails_if_it_says_no_json(self):
        self.assertIn("no JSON", self.refusal("babbling", "about"))

    def test_is_found_by_its_name_ours_and_openssl_first(self):
        for name in ("a", "openssl", "glasstls"):
            self.peer(name)
        (self.folder / "peer_notes.txt").write_text("not a program")
        found = [path.name for path in find_programs(self.folder)]
        self.assertEqual(found, ["peer_glasstls", "peer_openssl", "peer_a"])


class TheMeasurement(Peers):
    def figure(self, measured, task: str, stack: str) -> dict | None:
        found = [
            f for f in measured.figures if (f["task"], f["stack"]) == (task, stack)
        ]
        self.assertLessEqual(len(found), 1)
        return found[0] if found else None

    def test_has_each_figure_of_each_stack(self):
        measured = self.measured("openssl", "one")
        tasks = {task.id for task in brief_plan().tasks()}
        for stack in ("OpenSSL", "one"):
            has = {f["task"] for f in measured.figures if f["stack"] == stack}
            self.assertEqual(has, tasks)
        self.assertEqual(measured.left_out, [])
        self.assertEqual(measured.kept, 14)

    def test_holds_times_against_openssl(self):
        plan = make_plan(rounds=2, full=3, resumed=1, records=1, heap=(1, 2))
        figure = self.figure(
            self.measured("openssl", "one", plan=plan), "full-rsa-x25519-server", "one"
        )
        self.assertEqual(figure["median"], 100)
        self.assertEqual(figure["ratio"], 2)
        self.assertEqual(figure["count"], 6)
        self.assertEqual(figure["dropped"], 2)

    def test_has_no_ratio_without_openssl(self):
        measured = self.measured("one")
        self.assertIsNone(measured.reference)
        self.assertIsNone(self.figure(measured, "seal", "one")["ratio"])

    def test_takes_heap_from_the_slope(self):
        measured = self.measured("openssl", "one")
        self.assertEqual(self.figure(measured, "heap-client", "one")["median"], 2000)
        rested = self.figure(measured, "heap-server-rested", "one")
        self.assertEqual(rested["median"], 0)
        self.assertIsNone(rested["ratio"])

    def test_leaves_out_whoever_cannot_prove_to_verify(self):
        measured = self.measured("one", "unproven")
        self.assertEqual([stack.name for stack in measured.stacks], ["one"])
        self.assertEqual(
            measured.left_out,
            [{"program": "peer_unproven", "reason": "the client did not refuse"}],
        )

    def test_leaves_out_only_what_failed(self):
        measured = self.measured("resumeless")
        task = "resumed-rsa-x25519-client"
        self.assertIsNone(self.figure(measured, task, "resumeless"))
        self.assertIsNotNone(self.figure(measured, "seal", "resumeless"))
        self.assertEqual(len(measured.left_out), 1)
        self.assertIn("not what was asked for", measured.left_out[0]["reason"])

    def test_forgets_what_was_measured_before_a_failure(self):
        plan = make_plan(rounds=2, full=1, resumed=1, records=1, heap=(1, 2))
        measured = self.measured("tiring", plan=plan)
        self.assertIsNone(self.figure(measured, "full-rsa-x25519-client", "tiring"))

    def test_goes_on_without_a_peer_that_died(self):
        measured = self.measured("dying", "one")
        self.assertIsNotNone(self.figure(measured, "seal", "one"))
        self.assertIsNone(self.figure(measured, "seal", "dying"))

    def test_repeats_rounds_in_which_time_was_stolen(self):
        ticks = iter([0, 1] + [1] * 100)  # around the first round of the first task
        measured = self.measured("one", stolen=lambda: next(ticks))
        self.assertEqual((measured.kept, measured.discarded), (14, 1))
        self.assertEqual(self.figure(measured, "seal", "one")["count"], 4)

    def test_ends_though_time_is_always_stolen(self):
        ticks = iter(range(10_000))
        measured = self.measured("one", stolen=lambda: next(ticks))
        self.assertEqual(measured.kept, 0)
        self.assertIsNone(self.figure(measured, "seal", "one"))

    def test_measures_nothing_without_peers(self):
        measured = self.measured("unproven")
        self.assertEqual(measured.figures, [])


if __name__ == "__main__":
    unittest.main()
