from __future__ import annotations

import asyncio
import threading
from concurrent.futures import CancelledError

import pytest

from hoopscope.sessions.api_worker import ApiWorker


async def thread_name() -> str:
    return threading.current_thread().name


def test_coroutines_run_in_the_workers_thread() -> None:
    worker = ApiWorker()
    assert worker.submit(thread_name()).result(5) == "api-worker"
    worker.close()


def test_cancelling_the_future_cancels_the_coroutine() -> None:
    worker = ApiWorker()
    started, cancelled = threading.Event(), threading.Event()

    async def wait() -> None:
        started.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    future = worker.submit(wait())
    assert started.wait(5)
    future.cancel()
    assert cancelled.wait(5)
    with pytest.raises(CancelledError):
        future.result(0)
    worker.close()


def test_closing_cancels_what_runs_and_refuses_more() -> None:
    worker = ApiWorker()
    ended = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    worker.submit(wait())
    worker.submit(thread_name()).result(5)
    worker.close()
    assert ended.is_set()
    with pytest.raises(RuntimeError):
        worker.submit(thread_name())
    worker.close()
