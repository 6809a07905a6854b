"""Every benchmark after the other, each in a process of its own; name some to run only those."""

import subprocess
import sys

ALL = ("interactions", "planning", "goals", "delivery", "statements")

for name in sys.argv[1:] or ALL:
    print(f"\n{name}\n", flush=True)
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
