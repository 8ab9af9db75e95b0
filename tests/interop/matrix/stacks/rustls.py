import shutil

from stacks.peer import CompiledProgram, program_file

SOURCE = "source.crates-io.replace-with='debian'"
REGISTRY = "source.debian.directory='/usr/share/cargo/registry'"


class Rustls(CompiledProgram):
    name = "rustls"
    package = "librust-rustls-dev"
    program = "/usr/bin/cargo"  # Debian's, which goes with Debian's crates

    def version(self) -> str:
        lock = (self.built / "rustls" / "Cargo.lock").read_text()
        return lock.partition('name = "rustls"\nversion = "')[2].partition('"')[0]

    def prepare(self) -> str | None:
        # A copy, for Cargo.lock is written beside the source.
        folder = self.built / "rustls"
        shutil.copytree(program_file("rustls"), folder, dirs_exist_ok=True)
        command = [self.program, "build", "--release", "--offline"]
        command += ["--config", SOURCE, "--config", REGISTRY]
        environment = {"RUSTC": "/usr/bin/rustc", "CARGO_HOME": str(folder / "home")}
        return self.compile(command, folder, environment)

    def command(self) -> list[str]:
        return [str(self.built / "rustls" / "target" / "release" / "rustls_peer")]
