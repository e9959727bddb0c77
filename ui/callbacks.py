"""Callables that do not keep their receiver alive, and futures that follow futures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from types import MethodType
from typing import Any, TypeVar
from weakref import WeakMethod

import shiboken6
from PySide6.QtCore import QObject

T = TypeVar("T")


def held(call: Callable[[Any], object]) -> Callable[[], Callable[[Any], object] | None]:
    """A way back to `call` that does not keep a method's object alive."""
    if isinstance(call, partial) and isinstance(call.func, MethodType):
        method, args, keywords = held(call.func), call.args, call.keywords

        def again() -> Callable[[Any], object] | None:
            living = method()
            return partial(living, *args, **keywords) if living is not None else None

        return again
    if not isinstance(call, MethodType):
        return lambda: call
    weak = WeakMethod(call)

    def living_method() -> Callable[[Any], object] | None:
        living = weak()
        if living is None:
            return None
        owner = living.__self__
        return None if isinstance(owner, QObject) and not shiboken6.isValid(owner) else living

    return living_method


def follow(promised: Future[T], real: Future[T]) -> None:
    """Give `promised` what `real` will bring; a cancelled promise cancels the real one."""

    def settle(done: Future[T]) -> None:
        if done.cancelled() or not promised.set_running_or_notify_cancel():
            return
        if (error := done.exception()) is not None:
            promised.set_exception(error)
        else:
            promised.set_result(done.result())

    if promised.cancelled():
        real.cancel()
        return
    real.add_done_callback(settle)
