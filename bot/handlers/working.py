"""Work that waits for the database or paints, in worker threads that know which request and language it is for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextvars import copy_context
from functools import partial
from typing import TypeVar

Given = TypeVar("Given")


async def in_worker(workers: Executor, call: Callable[[], Given]) -> Given:
    """Run a blocking call in a worker thread, in this task's context."""
    in_context = partial(copy_context().run, call)
    return await asyncio.get_running_loop().run_in_executor(workers, in_context)
