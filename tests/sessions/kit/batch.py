# SPDX-License-Identifier: BSD-2-Clause
"""Many programs killed, and what they left reaped at once."""

import threading
import time
import traceback
from collections import Counter

from kit import closers, ledger, processes, traces

REAPERS, CLOSERS = 12, 12     # to be killed, in a batch

ENDS = {"close", "rollback", "reap"}


class Batch:
    """What was killed and seen; the promises are judged from it."""

    def __init__(self, inhabitants, kept):
        self.inhabitants, self.kept = inhabitants, kept
        self.spared = {one.session for one in inhabitants}
        self.deeds_from = ledger.end()
        self.openers = []       # (program, pid) of those who were killed
        self.phases, self.programs = Counter(), Counter()
        self.closers = 0        # killed
        self.complaints = []
        self.known = set()

    # ---- Killing ----

    def beside(self, random, *jobs):
        """Do jobs, each a function of this batch and a random, at once."""
        threads = [threading.Thread(target=self._work, daemon=True,
                                    args=(job, random.spawn()))
                   for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, job, random):
        try:
            job(self, random)
        except Exception:  # a thread has nobody else to tell
            self.complaints.append(traceback.format_exc())

    def strike(self, victim, random):
        """Kill one; its pid, or None when it was faster."""
        pid = victim.strike(random)
        if pid:
            self.openers.append((victim.name, pid))
        return pid

    # ---- What has become of it ----

    def look(self):
        """Once all are dead: how far each had come. Who is left: id ->
        record."""
        processes.only(self.kept)
        found = {session: text for session, text in traces.records().items()
                 if session not in self.spared}
        state = {traces.opener(text): traces.state(text)
                 for text in found.values()}
        deeds = self.deeds()
        pids = {deed.pid for deed in deeds}
        for name, pid in self.openers:
            if pid in pids or pid in state:
                self.programs[name] += 1
                self.phases[state.get(pid, "closed")] += 1
        # Without a head it was no session yet.
        self.known = {session for session, text in found.items() if text} | \
            {deed.session for deed in deeds}
        return found

    def deeds(self):
        return ledger.read(self.deeds_from)

    def reap(self, random, left):
        """First look, grace time, killed closers, and the last look."""
        orphans = sorted(left)
        self._run(closers.REAP)
        end = time.monotonic() + closers.GRACE + 0.1
        for session in random.sample(orphans, min(CLOSERS, len(orphans))):
            self.closers += closers.strike(
                closers.close(session), random.uniform(0, closers.CLOSE_SPAN))
        time.sleep(max(0.0, end - time.monotonic()))
        for _ in range(REAPERS):
            self.closers += closers.strike(
                closers.REAP, random.uniform(0, closers.REAP_SPAN),
                copies=random.choice((1, 2)))
        self._run(closers.REAP)

    def _run(self, command):
        status, said = closers.run(command)
        if status != 0:
            self.complaints.append(f"pamctl reap: status {status}: {said}")
        if said.strip().endswith("stuck"):
            self.complaints.append("stuck: " + said)

    # ---- Promises; each gives what speaks against it ----

    def went_well(self):
        return self.complaints + [
            f"{deed.kind} of {deed.session} {deed.what}"
            for deed in self.deeds() if deed.what.startswith("failed")]

    def nothing_left(self):
        return traces.left(self.known, self.spared)

    def living_untouched(self):
        return [f"{one.name}: {lack}" for one in self.inhabitants
                for lack in traces.lacking(one.session)]

    def all_told(self):
        told = traces.events()
        return [f"the end of {session} is not told, but {words}"
                for session in self.known - self.spared
                if not ENDS.intersection(words := told.get(session, ()))]

    def all_remembered(self):
        ends = traces.history()
        return [f"the history says of {session}: {ends.get(session)}"
                for session in self.known - self.spared
                if ends.get(session) in (None, "still in")]

    def nothing_twice(self):
        again, wrong = ledger.repeated(self.deeds())
        lines = [f"{deed.kind} of {deed.session} was closed again by another "
                 f"than {deed.pid}, which went on" for deed in wrong]
        deaths = self.closers + self.phases["closing"] + self.phases["undoing"]
        if len(again) > deaths:
            lines.append(f"{len(again)} closes were repeated, {deaths} closers "
                         "were killed")
        return lines


PROMISES = (
    ("nothing of the dead is left", Batch.nothing_left),
    ("the living are untouched", Batch.living_untouched),
    ("the event log has the end of each session", Batch.all_told),
    ("the history has each session, and its end", Batch.all_remembered),
    ("only what was in flight is undone twice", Batch.nothing_twice),
    ("programs and reapers do as they should", Batch.went_well),
)
