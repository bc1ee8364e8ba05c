"""Engines: where many independent runs are done. In this process, in local processes, or on a Dask cluster.

All three have one method, `results(work, jobs)`: it yields `(job, result)` in any order. `work` is a function of a module and jobs are
small picklable values, so that every engine gives the same results; whoever collects them must not depend on their order.

A job whose process or cluster worker dies is done again elsewhere on a cluster; local processes fail as a whole and say so.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import Any, Protocol, TypeVar

from sim.refusals import Refusal

JobT = TypeVar("JobT", bound=Hashable)
ResultT = TypeVar("ResultT")
AHEAD = 4  # jobs handed out for each worker
PATIENCE = 15.0  # seconds to reach a scheduler
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class Engine(Protocol):
    """What does many jobs."""

    name: str

    def results(self, work: Callable[[JobT], ResultT], jobs: Iterable[JobT]) -> Iterator[tuple[JobT, ResultT]]:
        """Yield every job with its result, in any order."""
        ...


class InProcess:
    """One job after the other, here."""

    name = "in this process"

    def results(self, work: Callable[[JobT], ResultT], jobs: Iterable[JobT]) -> Iterator[tuple[JobT, ResultT]]:
        """Yield every job with its result, in order."""
        for job in jobs:
            yield job, work(job)


class Processes:
    """Local processes, started afresh (about two seconds each) and ended with this one, even when it is killed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.name = f"{workers} local processes"

    def results(self, work: Callable[[JobT], ResultT], jobs: Iterable[JobT]) -> Iterator[tuple[JobT, ResultT]]:
        """Yield every job with its result as it comes. Raises `RuntimeError` when a process dies."""
        with one_thread_each():
            pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent)
            try:
                submit: Callable[[JobT], Future[ResultT]] = lambda job: pool.submit(work, job)  # noqa: E731
                yield from _as_they_come(submit, jobs, AHEAD * self.workers)
            except BrokenProcessPool as problem:
                raise RuntimeError("a worker process ended before its work was done; start again, finished runs are kept") from problem
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


class Cluster:
    """A Dask cluster by the address of its scheduler, such as tcp://192.0.2.1:8786. The workers need the same sanctions-lab."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.name = f"the cluster at {address}"

    def results(self, work: Callable[[JobT], ResultT], jobs: Iterable[JobT]) -> Iterator[tuple[JobT, ResultT]]:
        """Yield every job with its result as it comes; jobs of lost workers are done again. Raises `Refusal` when nobody answers."""
        with self._client() as client:
            threads = self._threads(client)
            waiting: dict[Any, JobT] = {}
            remaining = iter(jobs)
            from distributed import as_completed

            def hand_out() -> Any:
                for job in remaining:
                    future = client.submit(work, job, pure=False, retries=3)
                    waiting[future.key] = job
                    return future
                return None

            first = [future for future in (hand_out() for _ in range(AHEAD * threads)) if future is not None]
            finished = as_completed(first, loop=client.loop)
            for future in finished:
                result = future.result()
                following = hand_out()
                if following is not None:
                    finished.add(following)
                yield waiting.pop(future.key), result

    def asked(self) -> Cluster:
        """The cluster itself, if it would work. Raises `Refusal` when nobody answers at its address, or nobody would do the work."""
        with self._client() as client:
            self._threads(client)
        return self

    def _threads(self, client: Any) -> int:
        threads = sum(client.nthreads().values())
        if threads == 0:
            raise Refusal(f"--scheduler: the scheduler at {self.address} has no workers; start some with 'dask worker {self.address}'.")
        return threads

    @contextlib.contextmanager
    def _client(self) -> Iterator[Any]:
        try:
            from distributed import Client
        except ImportError:
            raise Refusal("--scheduler needs Dask; install it with: pip install 'sanctions-lab[dask]'") from None
        if "://" not in self.address:
            raise Refusal(f"--scheduler: '{self.address}' is not an address; write it like tcp://192.0.2.1:8786.")
        try:
            client = Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as problem:
            raise Refusal(f"--scheduler: nobody answers at {self.address} ({type(problem).__name__}); is the scheduler running?") from None
        with client:
            yield client


def engine_of(workers: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine for these options: a cluster by address, else local processes, else this process for one worker.

    A cluster is asked at once whether it would work, so that a wrong address is refused before anything is written.
    """
    if scheduler is not None:
        if workers is not None:
            raise Refusal("--workers and --scheduler do not go together; a cluster has its own workers.")
        return Cluster(scheduler).asked()
    count = usable_cores() if workers is None else workers
    if not 1 <= count <= 1024:
        raise Refusal(f"--workers: {count} is out of range; allowed is 1 to 1024.")
    return InProcess() if count == 1 else Processes(count)


def usable_cores() -> int:
    """Cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes started within compute with one thread each: runs are the unit of parallel work."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _as_they_come(
    submit: Callable[[JobT], Future[ResultT]], jobs: Iterable[JobT], ahead: int
) -> Iterator[tuple[JobT, ResultT]]:
    remaining = iter(jobs)
    waiting: dict[Future[ResultT], JobT] = {}
    while True:
        for job in remaining:
            waiting[submit(job)] = job
            if len(waiting) >= ahead:
                break
        if not waiting:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in done:
            yield waiting.pop(future), future.result()


def _end_with_parent() -> None:
    """In a worker: end at once when the parent is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait_for([parent.sentinel]), os._exit(1)), daemon=True).start()
