"""Reads the times of each turn and prints the middle ones and their ratio. The first tenth of a turn is warming up."""

import json
import statistics
import sys

times = {"rust": [], "swift": []}
for line in sys.stdin:
    language, _, numbers = line.partition(" ")
    took = json.loads(numbers)
    times[language].append(statistics.median(took[len(took) // 10 :]))
ratios = [swift / rust for rust, swift in zip(times["rust"], times["swift"], strict=True)]
for language, medians in times.items():
    print(f"{language:6} {statistics.median(medians):8.0f} us ({min(medians):.0f}-{max(medians):.0f})")
print(f"ratio  {statistics.median(ratios):8.2f} x  ({min(ratios):.2f}-{max(ratios):.2f}), aim at most 1.15 x")
