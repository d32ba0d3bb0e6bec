# SPDX-License-Identifier: BSD-2-Clause
"""The two kinds of scenarios: a dialogue is a row of data, a story is code."""

import shlex
import time
from dataclasses import dataclass
from typing import Callable

from lib import people
from lib.terminal import Silence, Terminal


class Failed(Exception):
    """A promise was not kept; the text says which."""


def demand(kept, promise):
    if not kept:
        raise Failed(promise)


def until(what, reached, patience=10.0):
    """Wait until it is true, and what it is then."""
    end = time.monotonic() + patience
    while not (result := reached()):
        demand(time.monotonic() < end,
               f"in {patience:.0f} s there was no {what}")
        time.sleep(0.01)
    return result


@dataclass(frozen=True)
class Dialogue:
    """Somebody runs a program on a terminal, and it comes out like this."""

    name: str
    run: str                    # words as for a shell, but no shell reads them
    who: people.Person = people.ROOT
    talk: tuple = ()            # (what is said, the answer or None), in order
    exit: int = 0
    prints: tuple = ()          # in what it wrote
    lacks: tuple = ()           # not in what it wrote
    logs: tuple = ()            # patterns, each of a line in the system log
    slower_than: float = 0.0    # seconds; a refusal takes its time
    leaves: tuple = ()          # (person, the password that he has now)

    def play(self, world):
        mark = world.journal.mark()
        terminal = Terminal(shlex.split(self.run), self.who)
        try:
            self._talk(terminal)
            status = terminal.finish()
        except Silence as missing:
            raise Failed(f"waited for {missing}{_said(terminal)}") from None
        finally:
            terminal.close()
        self._judge(status, terminal, world, mark)

    def _talk(self, terminal):
        for question, answer in self.talk:
            terminal.expect(question)
            if answer is not None:
                terminal.type(answer)

    def _judge(self, status, terminal, world, mark):
        said = _said(terminal)
        demand(status == self.exit,
               f"exit status {status}, wanted {self.exit}{said}")
        for words in self.prints:
            demand(words in terminal.text, f"did not print {words!r}{said}")
        for words in self.lacks:
            demand(words not in terminal.text, f"printed {words!r}{said}")
        demand(terminal.seconds() >= self.slower_than,
               f"took {terminal.seconds():.2f} s only")
        for pattern in self.logs:
            world.demand_line(pattern, mark)
        for person, password in self.leaves:
            demand(people.has_password(person, password),
                   f"{person.name} has another password than expected")


@dataclass(frozen=True)
class Story:
    """A scenario that needs more than one program at a time."""

    name: str
    tell: Callable

    def play(self, world):
        self.tell(world)


def _said(terminal):
    return "; it wrote: " + repr(terminal.text[-400:])
