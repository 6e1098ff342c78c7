"""Hold an address for one batch, where no file can be locked.

The holder writes a small file again and again. Who finds one watches it for a while: if it does
not change, the batch that wrote it has ended, however it ended. No two clocks are compared.
"""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.batch.ledger import LOCK, busy
from analysis.batch.store import Store
from analysis.errors import ProjectError

BEAT = 4.0  # seconds between two writes
WATCH = 13.0  # seconds without one, after which the holder is taken to have ended
LOOK = 0.5


@dataclass(frozen=True)
class Lease:
    """The hold of one batch on an address.

    Attributes
    ----------
    store
        The address.
    batch
        What tells this batch from any other.
    """

    store: Store
    batch: str = field(default_factory=lambda: secrets.token_hex(8))

    def is_held(self) -> bool:
        """Say whether this batch holds the address still."""
        return (self.store.get(LOCK) or b"").startswith(self.batch.encode())

    def check(self) -> None:
        """Refuse to go on if another batch has taken the address."""
        if not self.is_held():
            raise ProjectError(busy(self.store.address))

    def beat(self, stop: threading.Event) -> None:
        """Write, again and again, until told to stop or another holds the address."""
        count = 0
        while not stop.wait(BEAT):
            with contextlib.suppress(ProjectError):  # the store may be back for the next
                if not self.is_held():
                    break
                count += 1
                self.store.put(LOCK, f"{self.batch} {count}\n".encode())


@contextlib.contextmanager
def leased(store: Store) -> Iterator[Lease]:
    """Hold an address for one batch.

    Raises
    ------
    ProjectError
        If another batch holds it, or it cannot be written to.
    """
    wait_for_end(store)
    lease, stop = Lease(store), threading.Event()
    store.put(LOCK, f"{lease.batch} 0\n".encode())
    thread = threading.Thread(target=lease.beat, args=[stop], daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        stop.set()
        thread.join()
        with contextlib.suppress(ProjectError):
            if lease.is_held():
                store.delete([LOCK])


def wait_for_end(store: Store) -> None:
    """Wait until a batch that was killed is seen to be so; refuse if one is alive."""
    first = store.get(LOCK)
    until = time.monotonic() + WATCH
    while first is not None and time.monotonic() < until:
        time.sleep(LOOK)
        again = store.get(LOCK)
        if again is None:
            break
        if again != first:
            raise ProjectError(busy(store.address))
