"""What runs inside the sandbox beside a notebook's functions; sent there as text, never imported by the grader.

Everything here may be changed by the code that it runs. It only ever sends values, which the grader judges by itself.
"""
