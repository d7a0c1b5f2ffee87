"""Reads the times of each turn and prints them with their ratio. The first tenth of a turn is warming up. A turn counts by
the time that a tenth of its presentations stayed under: other work on the machine only ever adds.
"""

import json
import statistics
import sys

times = {"rust": [], "swift": []}
for line in sys.stdin:
    language, _, numbers = line.partition(" ")
    took = json.loads(numbers)
    times[language].append(statistics.quantiles(took[len(took) // 10 :], n=10)[0])
ratios = [swift / rust for rust, swift in zip(times["rust"], times["swift"], strict=True)]
for language, turns in times.items():
    print(f"{language:6} {statistics.median(turns):8.0f} us ({min(turns):.0f}-{max(turns):.0f})")
print(f"ratio  {statistics.median(ratios):8.2f} x  ({min(ratios):.2f}-{max(ratios):.2f}), aim at most 1.15 x")
