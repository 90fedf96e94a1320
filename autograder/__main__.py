"""`python -m autograder VERB …`; without arguments inside the platform's container, the platform's run."""

from __future__ import annotations

import sys

from autograder.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
