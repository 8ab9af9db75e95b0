"""The machine that measures: what it is, and whether the core was ours."""

import os
import platform
import subprocess
from pathlib import Path

FEATURES = ("aes", "pclmulqdq", "avx2", "adx", "bmi2", "sha_ni")


def cpu_of(cpuinfo: str) -> tuple[str, dict[str, bool]]:
    """Model and features by the text of /proc/cpuinfo, of its first processor."""
    fields = {}
    for line in cpuinfo.splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    flags = fields.get("flags", "").split()
    model = fields.get("model name", "unknown")
    return model, {feature: feature in flags for feature in FEATURES}


def steal_of(stat: str, core: int) -> int:
    """Ticks that the hypervisor took from a core, by the text of /proc/stat."""
    for line in stat.splitlines():
        fields = line.split()
        if fields and fields[0] == f"cpu{core}":
            return int(fields[8])
    raise ValueError(f"/proc/stat does not know cpu{core}")


def stolen_ticks(core: int) -> int:
    return steal_of(Path("/proc/stat").read_text(), core)


def choose_core(allowed: set[int], wanted: int | None) -> int:
    """The last one: the first often serves the interrupts."""
    if wanted is None:
        return max(allowed)
    if wanted not in allowed:
        raise ValueError(f"core {wanted} is none of {sorted(allowed)}")
    return wanted


def setting_of(cache: str, name: str) -> str:
    """A variable by the text of a CMakeCache.txt; empty if it is not there."""
    for line in cache.splitlines():
        variable, _, value = line.partition("=")
        if variable.partition(":")[0] == name:
            return value
    return ""


def compiler_of(cache: str) -> str:
    path = setting_of(cache, "CMAKE_CXX_COMPILER")
    if not path:
        return "unknown"
    said = subprocess.run([path, "--version"], capture_output=True, text=True)
    return said.stdout.partition("\n")[0] or "unknown"


def describe(build: Path, core: int) -> dict:
    cache_file = build / "CMakeCache.txt"
    cache = cache_file.read_text() if cache_file.exists() else ""
    model, features = cpu_of(Path("/proc/cpuinfo").read_text())
    return {
        "cpu": model,
        "features": features,
        "kernel": f"{platform.system()} {platform.release()}",
        "compiler": compiler_of(cache),
        "build_type": setting_of(cache, "CMAKE_BUILD_TYPE"),
        "core": core,
        "cores": os.cpu_count(),
    }
