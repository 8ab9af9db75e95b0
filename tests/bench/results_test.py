"""Is what is made of the peers' answers right?"""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "bench" / "peers"))

import machine  # noqa: E402
from figures import Samples, heap_figure, quantile, slope  # noqa: E402
from plan import whole_plan  # noqa: E402
from table import heading, table  # noqa: E402


class TheFigures(unittest.TestCase):
    def test_quantiles_are_exact(self):
        values = [float(v) for v in range(10, -1, -1)]
        self.assertEqual(quantile(values, 0.1), 1)
        self.assertEqual(quantile(values, 0.5), 5)
        self.assertEqual(quantile(values, 0.9), 9)
        self.assertEqual(quantile([1, 2], 0.25), 1.25)
        self.assertEqual(quantile([7], 0.9), 7)

    def test_ratio_is_the_median_of_the_rounds_ratios(self):
        samples = Samples()
        for round_, (own, other) in enumerate([(10, 20), (100, 500), (10, 30)]):
            samples.add("task", "one", round_, [own], 0)
            samples.add("task", "OpenSSL", round_, [other], 0)
        self.assertEqual(samples.figure("task", "one", "OpenSSL")["ratio"], 3)

    def test_ratio_ignores_rounds_that_one_of_them_lacks(self):
        samples = Samples()
        samples.add("task", "one", 0, [10], 0)
        samples.add("task", "one", 1, [10], 0)
        samples.add("task", "OpenSSL", 1, [40], 0)
        samples.add("task", "OpenSSL", 0, [], 1)
        self.assertEqual(samples.figure("task", "one", "OpenSSL")["ratio"], 4)

    def test_there_is_none_if_all_was_dropped(self):
        samples = Samples()
        samples.add("task", "one", 0, [], 5)
        self.assertIsNone(samples.figure("task", "one", None))

    def test_heap_is_held_against_the_reference(self):
        self.assertEqual(
            slope(
                {"bytes": 150, "connections": 10},
                {"bytes": 1150, "connections": 110},
                "bytes",
            ),
            10,
        )
        self.assertEqual(heap_figure("task", "one", 10.0, 110, 25.0)["ratio"], 2.5)
        self.assertIsNone(heap_figure("task", "one", 10.0, 110, None)["ratio"])


class TheMachine(unittest.TestCase):
    def test_is_known_by_its_first_processor(self):
        text = "model name\t: A\nflags\t\t: fpu aes adx\n\nmodel name\t: B\nflags\t: avx2\n"
        model, features = machine.cpu_of(text)
        self.assertEqual(model, "A")
        there = [name for name, is_there in features.items() if is_there]
        self.assertEqual(there, ["aes", "adx"])

    def test_steal_is_counted_by_core(self):
        text = "cpu  1 2 3 4 5 6 7 80 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 1 2 3 4 5 6 7 9 0 0\n"
        self.assertEqual(machine.steal_of(text, 1), 9)
        with self.assertRaises(ValueError):
            machine.steal_of(text, 2)

    def test_core_is_the_last_or_the_one_wanted(self):
        self.assertEqual(machine.choose_core({0, 2, 3}, None), 3)
        self.assertEqual(machine.choose_core({0, 2, 3}, 0), 0)
        with self.assertRaises(ValueError):
            machine.choose_core({0, 2, 3}, 1)

    def test_settings_are_read_from_the_cache(self):
        text = "// a comment\nCMAKE_BUILD_TYPE:STRING=Release\nOTHER:BOOL=ON\n"
        self.assertEqual(machine.setting_of(text, "CMAKE_BUILD_TYPE"), "Release")
        self.assertEqual(machine.setting_of(text, "MISSING"), "")


class TheTable(unittest.TestCase):
    results = {
        "quick": True,
        "machine": {
            "cpu": "A CPU",
            "features": {"aes": True, "adx": False},
            "kernel": "Linux 6",
            "compiler": "c++ 12",
            "build_type": "Release",
            "core": 1,
            "cores": 2,
        },
        "rounds": {"kept": 7, "discarded": 2},
        "reference": "OpenSSL",
        "stacks": [{"name": "One", "version": "2", "of": "2020-01-02"}],
        "tasks": [
            {"id": "t", "title": "a task", "unit": "ns"},
            {"id": "h", "title": "a heap", "unit": "bytes"},
            {"id": "none", "title": "nothing", "unit": "ns"},
        ],
        "figures": [
            {
                "task": "t",
                "stack": "One",
                "median": 1500.0,
                "p10": 1000.0,
                "p90": 2000.0,
                "count": 3,
                "dropped": 1,
                "ratio": 1.234,
            },
            heap_figure("h", "One", 2048.0, 10, None),
        ],
    }

    def test_has_a_line_for_each_figure(self):
        lines = [" ".join(line.split()) for line in table(self.results).splitlines()]
        self.assertEqual(
            lines,
            [
                "median p10 – p90 to OpenSSL dropped",
                "a task",
                "One 2 (2020-01-02) 1.5 µs 1.0 µs – 2.0 µs 1.23 25.0 %",
                "a heap",
                "One 2 (2020-01-02) 2.0 KiB –",
            ],
        )

    def test_is_headed_by_the_machine(self):
        head = heading(self.results)
        for text in ("A CPU, core 1 of 2; has aes\n", "2 discarded", "quick"):
            self.assertIn(text, head)


class ThePlan(unittest.TestCase):
    def test_tasks_have_names_of_their_own(self):
        ids = [task.id for task in whole_plan().tasks()]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(len(ids), 16)


if __name__ == "__main__":
    unittest.main()
