"""What students run at home: their answers read as the grader reads them, and tried against what the statement gives.

A kit holds this package, the readers that it needs and one file of statements. No key is anywhere in it: a part knows how its
answer must look, and numbers that the statement itself gives at a few points.
"""
