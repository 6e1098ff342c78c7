"""What is wrong with a large file: every fault counted, the first ones put into words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.errors import DataError
from analysis.read.files import Fault

Numbers = NDArray[np.int64]
LISTED = 50


@dataclass
class Findings:
    """The faults of one file, by line; their sentences are made only where they are listed."""

    file: str
    found: list[tuple[Numbers, int, str, Callable[[int], str]]] = field(default_factory=list)

    def add(self, lines: Any, place: int, column: str, say: Callable[[int], str] | str) -> None:
        """Note faults of one kind in one column.

        Parameters
        ----------
        lines
            The line of each fault.
        place, column
            Where the column stands, and what a reader knows it by.
        say
            The sentence, or what makes the sentence of the n-th of these faults.
        """
        if len(lines):
            made = (lambda n, text=say: text) if isinstance(say, str) else say
            self.found.append((np.asarray(lines, "int64"), place, column, made))

    def check(self) -> None:
        """Raise the faults, if any, in the order of lines and columns.

        Raises
        ------
        DataError
            If there are faults: the first fifty, and how many more there are.
        """
        if not self.found:
            return
        lines = np.concatenate([lines for lines, *_ in self.found])
        sizes = [len(lines) for lines, *_ in self.found]
        kinds = np.repeat(np.arange(len(self.found)), sizes)
        places = np.repeat([place for _, place, *_ in self.found], sizes)
        nth = np.concatenate([np.arange(size) for size in sizes])
        texts = []
        for row in np.lexsort((kinds, places, lines))[:LISTED]:
            _, _, column, say = self.found[kinds[row]]
            texts.append(str(Fault(self.file, int(lines[row]), column, say(int(nth[row])))))
        if len(lines) > LISTED:
            more = len(lines) - LISTED
            said = f"{more:,} more faults are" if more > 1 else "1 more fault is"
            texts.append(f"{self.file}: {said} not listed")
        raise DataError(texts) from None
