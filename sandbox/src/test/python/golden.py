#!/usr/bin/env python3
"""The golden figures of a day of traces, calculated without any of Yuntai's code.

usage: golden.py FILE.csv.gz
Prints a line: machines, mean of all samples (4 decimals), machines with a mean under 30, with a mean over 50,
with a mean under 10, of those with a P95 (nearest rank) under 20, of those with a maximum under 50.
Then the verdict of each machine, in the order of the file: by the processors alone, for nothing else was measured.
Then the mean of each machine (cut off after 4 decimals), its P95, and its maximum, in the same order.
"""

import csv
import gzip
import math
import sys
from fractions import Fraction

machines = []
with gzip.open(sys.argv[1], "rt", encoding="ascii", newline="") as lines:
    for row in csv.reader(lines):
        machines.append([int(percent) for percent in row[1:]])


def mean(samples):
    return Fraction(sum(samples), len(samples))


def cut(number):
    """Never rounded up to a limit that it is under; whole numbers all the way."""
    whole, rest = divmod(math.floor(number * 10000), 10000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def p95(samples):
    return sorted(samples)[math.ceil(Fraction(95, 100) * len(samples)) - 1]


def verdict(samples):
    """Nobody is idle, or has too much memory, by his processors alone."""
    if mean(samples) < 10 and p95(samples) < 20 and max(samples) < 50:
        return "SHRINK_CPU"
    return "GROW" if p95(samples) > 80 else "FIT"


low = [m for m in machines if mean(m) < 10]
calm = [m for m in low if p95(m) < 20]
total = mean([sample for m in machines for sample in m])
print(
    len(machines),
    f"{math.floor(total * 10000 + Fraction(1, 2)) / 10000:.4f}",
    sum(1 for m in machines if mean(m) < 30),
    sum(1 for m in machines if mean(m) > 50),
    len(low),
    len(calm),
    sum(1 for m in calm if max(m) < 50),
)
print(" ".join(verdict(m) for m in machines))
print(" ".join(cut(mean(m)) for m in machines))
print(" ".join(str(p95(m)) for m in machines))
print(" ".join(str(max(m)) for m in machines))
