"""Does the judgement of scripts/coverage notice what is wrong?"""

import unittest

from counts import SourceFile, judge, known_lines, share, source_files

KNOWN = "# why\n\nwire/a.h | return x | y; | it cannot be\n"


def line(number: int, count: int, branches: tuple[int, ...] = ()) -> dict:
    return {
        "line_number": number,
        "count": count,
        "gcovr/noncode": False,
        "branches": [{"count": taken} for taken in branches],
    }


def lines_of_a_file(run: int, not_run: int) -> list[dict]:
    return [line(n, n < run) for n in range(run + not_run)]


def files(path: str, run: int, not_run: int) -> list[SourceFile]:
    return source_files({"files": [{"file": path, "lines": lines_of_a_file(run, not_run)}]})


class Counts(unittest.TestCase):
    def test_of_a_file_are_those_of_its_lines_and_branches(self):
        lines = [line(1, 3, (1, 0)), line(2, 0, (0, 0)), line(3, 1)]
        lines.append({**line(4, 0), "gcovr/noncode": True})
        (one,) = source_files({"files": [{"file": "tls/a.cpp", "lines": lines}]})
        self.assertEqual((one.lines, one.run, one.not_run), (3, 2, [2]))
        self.assertEqual((one.branches, one.taken), (4, 1))
        self.assertEqual(one.folder, "tls")

    def test_are_never_rounded_up(self):
        self.assertEqual(share(9999, 10000), 99.9)
        self.assertEqual(share(0, 0), 100.0)


class Judgement(unittest.TestCase):
    def faults(self, path, run, not_run, known=""):
        return judge(files(path, run, not_run), known_lines(known), lambda *_: "return x | y;")

    def test_refuses_a_protocol_file_below_the_bound(self):
        known = "tls/a.cpp | return x | y; | it cannot be\n"
        self.assertIn("less than 95 %", self.faults("tls/a.cpp", 15, 1, known)[1][0])
        self.assertEqual(self.faults("tls/a.cpp", 19, 1, known)[1], [])

    def test_leaves_other_folders_alone(self):
        self.assertEqual(self.faults("inspect/a.cpp", 1, 9), ([], []))

    def test_gives_the_reason_of_a_known_line(self):
        lines, faults = self.faults("wire/a.h", 99, 1, KNOWN)
        self.assertEqual(faults, [])
        self.assertTrue(lines[0].endswith("does not run: it cannot be"), lines)

    def test_refuses_a_line_that_does_not_run_for_no_reason(self):
        lines, faults = self.faults("wire/b.h", 99, 1, KNOWN)
        self.assertEqual(lines, [])
        self.assertEqual(len(faults), 2)  # and KNOWN names a line that is not there
        self.assertIn("wire/b.h:99: no test reaches this line", faults[0])

    def test_wants_a_reason_for_each_of_several_lines_of_one_text(self):
        _, faults = self.faults("wire/a.h", 98, 2, KNOWN)
        self.assertEqual(len(faults), 1)
        self.assertIn("wire/a.h:99: no test reaches this line", faults[0])
        self.assertEqual(self.faults("wire/a.h", 98, 2, KNOWN + KNOWN)[1], [])
        self.assertEqual(len(self.faults("wire/a.h", 99, 1, KNOWN + KNOWN)[1]), 1)

    def test_refuses_a_known_line_that_runs(self):
        self.assertEqual(len(self.faults("wire/a.h", 100, 0, KNOWN)[1]), 1)

    def test_refuses_a_list_that_is_not_of_its_form(self):
        for text in ("wire/a.h | line", "wire/a.h | line | "):
            self.assertRaises(ValueError, known_lines, text)


if __name__ == "__main__":
    unittest.main()
