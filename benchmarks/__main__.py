"""Run every benchmark and print its table."""

from benchmarks import loglikelihood

if __name__ == "__main__":
    print(loglikelihood.table())
