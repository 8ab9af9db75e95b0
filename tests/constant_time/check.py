#!/usr/bin/env python3
"""Runs cases of the program constant_time under valgrind's memcheck, in which secrets are bytes
that were never written, and holds what it reports against expected.json.

    check.py --program PROGRAM CASE     judges one case: exit code 0, 1, or 77 if it cannot be run
    check.py --program PROGRAM          tells what all cases do, as a table
    check.py --program PROGRAM --names  whether expected.json has the program's cases

A place is an instruction at which a branch or an address depends on a secret. Places are named by
the innermost function that is ours or Crypto++'s.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SKIPPED = 77
KINDS = {"UninitCondition": "branch", "UninitValue": "address"}


class CannotRun(Exception):
    """This machine is not able to."""


class Broken(Exception):
    """The case did not do what it should, so that there is nothing to judge."""


def short(function: str) -> str:
    """Without parameters, template arguments and result: "CryptoPP::Integer::Encode"."""
    hidden = str.maketrans("<>()", "\1\2\3\4")  # in the names of operators
    shown = str.maketrans("\1\2\3\4", "<>()")
    function = function.replace("(anonymous namespace)::", "")
    function = re.sub(
        r"operator(\(\)|<<=?|>>=?|<=?|>=?|->)", lambda m: m[0].translate(hidden), function
    )
    previous = None
    while previous != function:
        previous = function
        function = re.sub(r"<[^<>]*>|\([^()]*\)| const$", "", function)
    return function.split(" ")[-1].translate(shown)


def place_of(error: ElementTree.Element) -> tuple[str, str, str]:
    """The instruction, what depends on the secret, and the function that has the instruction or
    called it."""
    frames = error.findall("./stack/frame")
    kind = KINDS.get(error.findtext("kind", ""), error.findtext("kind", ""))
    for frame in frames:
        name = short(frame.findtext("fn", ""))
        if name.startswith(("CryptoPP::", "glasstls::")):
            return frame.findtext("ip", ""), kind, name
    return frames[0].findtext("ip", ""), kind, "code without a name, in " + ", ".join(
        Path(frame.findtext("obj", "?")).name for frame in frames[:1]
    )


def leaks_of(report: str) -> dict[str, dict[str, int]]:
    """Of valgrind's XML: places by function and kind."""
    leaks: dict[str, dict[str, int]] = {}
    places = {place_of(error) for error in ElementTree.fromstring(report).findall("error")}
    for _, kind, function in places:
        kinds = leaks.setdefault(function, {})
        kinds[kind] = kinds.get(kind, 0) + 1
    return leaks


def observe(program: str, case: str) -> dict[str, dict[str, int]]:
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise CannotRun("valgrind is not installed")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [valgrind, "--tool=memcheck", "--leak-check=no", "--error-limit=no",
                   "--num-callers=8", "--xml=yes", f"--xml-file={report}", program, case]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
        if done.returncode == SKIPPED:
            raise CannotRun(done.stdout.strip())
        if done.returncode != 0:
            raise Broken(f"exit code {done.returncode}: {done.stderr.strip()}")
        return leaks_of(report.read_text())


def verdict(case: str, leaks: dict, expected: dict, cryptopp: str) -> list[str]:
    """What is wrong, in words; nothing if the case does what expected.json says. Crypto++ of
    another version may leak in other functions of its own, where it is expected to leak at all."""
    new = set(leaks) - set(expected["cases"][case])
    gone = set(expected["cases"][case]) - set(leaks)
    if cryptopp != expected["cryptopp"] and leaks and expected["cases"][case]:
        new = {name for name in new if not name.startswith("CryptoPP::")}
        gone = set()
    return [
        f"new: {name} depends on a secret, {in_words(leaks[name])}" for name in sorted(new)
    ] + [
        f"gone: {name} does not depend on a secret, but expected.json says so"
        for name in sorted(gone)
    ]


def in_words(kinds: dict[str, int]) -> str:
    return ", ".join(f"{count} x {kind}" for kind, count in sorted(kinds.items()))


def judge(program: str, case: str, expected: dict, cryptopp: str) -> int:
    leaks = observe(program, case)
    print(f"{case}: " + (f"{places(leaks)} places depend on a secret" if leaks else "clean"))
    for name, kinds in sorted(leaks.items()):
        print(f"  {name}: {in_words(kinds)}")
    wrong = verdict(case, leaks, expected, cryptopp)
    for words in wrong:
        print(words, file=sys.stderr)
    return 1 if wrong else 0


def places(leaks: dict) -> int:
    return sum(sum(kinds.values()) for kinds in leaks.values())


def tell_all(program: str, expected: dict) -> int:
    print("| case | places | functions |\n| --- | --- | --- |")
    for case in expected["cases"]:
        try:
            leaks = observe(program, case)
        except CannotRun as reason:
            print(f"| {case} | not run | {reason} |")
            continue
        functions = ", ".join(f"`{name}`" for name in sorted(leaks))
        print(f"| {case} | {places(leaks) or 'clean'} | {functions} |", flush=True)
    return 0


def compare_names(program: str, expected: dict) -> int:
    listed = subprocess.run([program, "--list"], capture_output=True, text=True, check=True).stdout
    names = {line for line in listed.splitlines() if not line.startswith(" ")}
    different = sorted(names ^ set(expected["cases"]))
    for name in different:
        where = "the program" if name in names else "expected.json"
        print(f"{name} is in {where} only", file=sys.stderr)
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--program", required=True, help="constant_time; empty: it was not built")
    parser.add_argument("--cryptopp", help="its version; without it, expected.json's is assumed")
    parser.add_argument("--names", action="store_true")
    parser.add_argument("case", nargs="?")
    options = parser.parse_args()
    expected = json.loads((Path(__file__).parent / "expected.json").read_text())
    try:
        if not options.program:
            raise CannotRun("valgrind/memcheck.h is not installed, or this is no x86-64")
        if options.names:
            return compare_names(options.program, expected)
        if options.case is None:
            return tell_all(options.program, expected)
        version = options.cryptopp or expected["cryptopp"]
        return judge(options.program, options.case, expected, version)
    except CannotRun as reason:
        print(f"skipped: {reason}")
        return SKIPPED
    except Broken as reason:
        print(f"{options.case}: {reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
