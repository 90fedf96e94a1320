"""`python -m autograder VERB …`; without arguments inside the platform's container, the platform's run."""

from __future__ import annotations

import gc
import sys

from autograder.cli import main

if __name__ == "__main__":
    code = main(sys.argv[1:])
    gc.freeze()  # what is left ends with the process: leaving, Python would look through all of it for garbage, several times
    sys.exit(code)
