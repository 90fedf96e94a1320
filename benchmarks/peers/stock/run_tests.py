"""The pattern of the platform's own samples: unittest classes, run by gradescope-utils' JSONTestRunner, once per submission.

Source: gradescope/autograder_samples, python/src/run_tests.py.
"""

import sys
import unittest

from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])  # the submission's folder: its code runs in this very process
    suite = unittest.defaultTestLoader.discover(sys.argv[2])
    with open(sys.argv[3], "w") as results:  # noqa: PTH123 - as in the sample
        JSONTestRunner(visibility="visible", stream=results).run(suite)
