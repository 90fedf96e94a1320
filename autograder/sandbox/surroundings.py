"""What a fork server finds around it: the interpreter, the libraries, and what its children may read."""

import os
import site
import sys
import sysconfig
from pathlib import Path

# -B writes no bytecode, -P and -s keep the current folder and the user's out of the import path, -S runs no code from
# .pth files. -I would do the same, but it ignores PYTHONHASHSEED as well, and with random hashes a set of texts would be
# walked in another order on every regrade. The environment is wholly ours, so nothing is lost.
INTERPRETER_FLAGS = ("-B", "-P", "-s", "-S")

ENVIRONMENT = {
    "HOME": "/",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "Agg",
    "OMP_NUM_THREADS": "1",  # OpenBLAS and MKL follow it
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}

# The package is presented by name only, without running `autograder/__init__.py`: the fork server needs five of its
# modules, not the questions, and is to hold nothing worth reading.
BOOT = """
import sys, types
def present(name, folder):
    module = sys.modules[name] = types.ModuleType(name)
    module.__path__ = [folder]
root, lines, config, *libraries = sys.argv[1:]
sys.path.extend(libraries)
present("autograder", root)
present("autograder.sandbox", root + "/sandbox")
from autograder.sandbox.zygote import main
main(config, lines)
"""

_SYSTEM_FOLDERS = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/dev/urandom",
    "/dev/zero",
    "/sys/devices/system/cpu",
)


def library_folders() -> list[str]:
    """Return the folders of installed packages of this interpreter, in the order of its import path.

    Folders that a .pth file adds (an editable install, the course's own sources) are left out on purpose.
    """
    known = {*site.getsitepackages(), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    if site.ENABLE_USER_SITE:
        known.add(site.getusersitepackages())
    named = {folder for folder in sys.path if Path(folder).name in ("site-packages", "dist-packages")}
    return [folder for folder in dict.fromkeys([*sys.path, *sorted(known)]) if folder in known | named]


def standard_folders() -> list[str]:
    """Return the folders of the standard library."""
    return list(dict.fromkeys((sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"))))


def readable_folders(folder: str) -> list[str]:
    """Return what a child may read: the interpreter's library, installed packages, shared libraries, its own folder."""
    found = [*standard_folders(), *library_folders(), *_shared_libraries(), *_SYSTEM_FOLDERS, folder]
    return [path for path in dict.fromkeys(found) if os.path.exists(path)]


def _shared_libraries() -> list[str]:
    name = sysconfig.get_config_var("INSTSONAME")
    library = Path(sys.base_prefix, "lib", name) if name else None
    return [str(library)] if library is not None and library.exists() else []


def closed_to_children() -> list[str]:
    """Return the library folders that children cannot reach, being other users than root, who started them.

    Folders that are not there are left out: Debian's Python names a `dist-packages` in every virtual environment.
    """
    if os.geteuid() != 0:
        return []
    there = [folder for folder in (*standard_folders(), *library_folders()) if Path(folder).is_dir()]
    return [folder for folder in there if not _is_open(Path(folder).resolve())]


def _is_open(path: Path) -> bool:
    try:
        return all(above.stat().st_mode & 0o001 for above in [path, *path.parents])
    except OSError:
        return False
