"""Kinds of values that code may return, each made from a plain array. Most are right answers all the same."""

import array
import collections
import decimal
import fractions
import types

import numpy as np
import pandas
import scipy.sparse


class Sub(np.ndarray):
    """A subclass of arrays that adds nothing."""


class Table:
    """An object that numpy can read, as tensors and data frames of other libraries are."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


class Sequence:
    """A class of a student that has a length and can be indexed."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, place):
        return self.values[place]


class Stubborn:
    """An object that raises an error when it is read, as a tensor that needs its gradient does."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("not now")


def each(turn):
    """Return a function that changes every number of an array, and makes lists."""

    def turned(values):
        return [turned(value) for value in values] if np.ndim(values) else turn(np.asarray(values).item())

    return turned


def rows(turn):
    """Return a function that changes every row of an array, or the whole of an array without rows."""
    return lambda values: [turn(row) for row in values] if np.ndim(values) > 1 else turn(values)


def nested(levels):
    def made(values):
        for _ in range(levels):
            values = [values]
        return values

    return made


def objects(values):
    """Return an array of objects, each of which is a row."""
    made = np.empty(len(values), dtype=object)
    for n, row in enumerate(values):
        made[n] = row
    return made


def lists(turn):
    """Return a function that changes only the outermost level."""
    return lambda values: turn(list(values)) if np.ndim(values) else values


def itself(values):
    made = [values]
    made.append(made)
    return made


# Values that are as right as the array from which they are made.
RIGHT = {
    "lists": np.ndarray.tolist,
    "tuples": lists(tuple),
    "a matrix": lambda values: np.matrix(values) if values.ndim == 2 else values,
    "masked": np.ma.array,
    "a subclass": lambda values: values.view(Sub),
    "Fortran order": np.asfortranarray,
    "negative strides": lambda values: values[::-1].copy()[::-1] if values.ndim else values,
    "big-endian": lambda values: values.astype(">f8"),
    "single precision": np.float32,
    "long double": np.longdouble,
    "an array of objects": lambda values: values.astype(object),
    "an array of rows": lambda values: objects(values) if values.ndim else values,
    "scalars of numpy": each(np.float64),
    "arrays of no dimension": each(np.array),
    "fractions": each(fractions.Fraction),
    "decimals": each(decimal.Decimal),
    "complex without an imaginary part": lambda values: values.astype(complex),
    "an iterator": lists(iter),
    "a generator": lists(lambda values: (value for value in values)),
    "a deque": lists(collections.deque),
    "a list of a user's": lists(collections.UserList),
    "values of a dictionary": lists(lambda values: dict(enumerate(values)).values()),
    "array.array": rows(lambda row: array.array("d", row.ravel()) if row.ndim == 1 else row),
    "memoryview": lambda values: memoryview(np.ascontiguousarray(values)) if values.ndim else values,
    "a list of arrays": lists(list),
    "a view into much more": lambda values: np.broadcast_to(values, (10**6, *values.shape))[7],
    "read-only": lambda values: np.frombuffer(values.tobytes()).reshape(values.shape),
    "a frame of pandas": lambda values: pandas.DataFrame(values) if values.ndim == 2 else values,
    "a series of pandas": rows(lambda row: pandas.Series(row) if row.ndim == 1 else row),
    "what numpy can read": Table,
    "what has a length": lists(Sequence),
    "text of numbers": each(repr),
}
# Values that are no answer, or only sometimes. They must be judged the same everywhere.
ODD = {
    "nothing": lambda values: None,
    "the dots": lambda values: ...,
    "an object": lambda values: object(),
    "a function": lambda values: lambda: values,
    "a class": lambda values: Table,
    "a namespace": lambda values: types.SimpleNamespace(values=values),
    "what refuses to be read": lambda values: Stubborn(),
    "keys of a dictionary": lists(lambda values: dict.fromkeys(map(str, values)).keys()),
    "a set": lambda values: set(np.ravel(values)),
    "a set of sets": lambda values: {frozenset(np.ravel(values))},
    "sparse": lambda values: scipy.sparse.csr_array(values) if values.ndim == 2 else values,
    "half precision": np.float16,
    "small whole numbers": lambda values: np.clip(values, -100, 100).astype(np.int8),
    "truth": lambda values: values > 0,
    "python's complex": each(complex),
    "bytes": lambda values: values.tobytes(),
    "bytearray": lambda values: bytearray(values.tobytes()[:3]),
    "ragged": lambda values: [1.0, [2.0], values],
    "fields": lambda values: np.zeros(3, dtype=[("a", float), ("b", float)]),
    "a difference of times": lambda values: np.abs(values).astype(int).astype("m8[s]"),
    "forty deep": nested(40),
    "a hundred deep": nested(100),
    "what contains itself": itself,
    "a number of two thousand digits": lambda values: 10**2000,
    "not a number": lambda values: values * np.nan,
}
