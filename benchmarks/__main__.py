"""Run every benchmark, print the tables, and write them into README.md."""

from benchmarks.report import run

if __name__ == "__main__":
    print(run())
