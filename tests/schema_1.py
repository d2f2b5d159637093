"""Logs, journals and exports of schema 1, as the version before wrote them: ids count places, and a
session, an exercise and a set share the stamp of each change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from msgspec.structs import replace

from tests.strategies import CALF, SQUAT, start
from tui.domain.model.ids import sortable
from tui.domain.model.logged import id_of_day
from tui.domain.session.event_codec import event_to_doc

Doc = dict[str, Any]

BEGUN = datetime(2026, 11, 2, 8, tzinfo=UTC)
# Each exercise with the sides of its sets.
EXERCISES = {"back-squat": "b", "box-jump": "b", "glute-sling": "lr"}
SIDES = {"b": "both", "l": "left", "r": "right"}
ITEMS = {"1": SQUAT, "2": CALF}


class OldCopy:
    """One copy of a log. Each set that was done has a note of its own, which corrections keep."""

    def __init__(self, chance: Random, *, past: bool) -> None:
        self.chance, self.past = chance, past
        self.sessions: dict[str, Doc] = {}
        self.name, self.serial = "a", count(1)
        self.stamp = ""

    def copy(self, name: str) -> OldCopy:
        other = OldCopy(self.chance, past=self.past)
        other.sessions, other.name = deepcopy(self.sessions), name
        return other

    def act(self, now: datetime) -> None:
        self.stamp = now.isoformat(timespec="milliseconds")
        acts = (self.log, self.log, self.log, self.train, self.correct, self.delete_set)
        rare = (self.add_side, self.delete, self.log_and_undo)
        self.chance.choice(acts if self.chance.random() < 0.85 else rare)(now)

    def log(self, now: datetime) -> tuple[Doc, Doc, list[Doc]]:
        past = self.past and self.chance.random() < 0.6
        begun = now - timedelta(days=self.chance.randint(1, 2)) if past else now
        session = self.of_day(begun)
        exercise = self.chance.choice(sorted(EXERCISES))
        entry = next(
            (e for e in session["entries"] if e["exercise"] == exercise and "deleted" not in e),
            None,
        )
        if entry is None:
            taken = {e["id"] for e in session["entries"]}
            free = next(n for n in count(1) if f"{session['id']}-{n}" not in taken)
            entry = {"id": f"{session['id']}-{free}", "exercise": exercise, "sets": []}
            session["entries"].append(entry)
        number = 1 + max((row["number"] for row in entry["sets"]), default=0)
        rows = [
            self.row(f"{entry['id']}-{number}{side}", number, side, "" if past else self.stamp)
            for side in EXERCISES[exercise]
        ]
        entry["sets"] += rows
        self.touch(session, entry)
        return session, entry, rows

    def row(self, name: str, number: int, side: str, at: str) -> Doc:
        row: Doc = {"id": name, "edited": self.stamp, "number": number, "side": SIDES[side]}
        row |= {"reps": self.chance.randint(1, 30), "note": f"{self.name}{next(self.serial)}"}
        return row | ({"at": at} if at else {})

    def of_day(self, begun: datetime) -> Doc:
        day = begun.date()
        there = [s for s in self.shown() if datetime.fromisoformat(s["started"]).date() == day]
        if there:
            return max(there, key=lambda s: str(s["started"]))
        name = id_of_day(day)
        if name in self.sessions:
            name = self.new_id(begun)
        started = begun.isoformat()
        session = {"id": name, "started": started, "finished": started, "entries": []}
        self.sessions[name] = session
        return session

    def new_id(self, moment: datetime) -> str:
        return sortable(int(moment.timestamp() * 1000), self.chance.getrandbits(80))

    def shown(self) -> list[Doc]:
        return [session for session in self.sessions.values() if "deleted" not in session]

    def touch(self, session: Doc, entry: Doc) -> None:
        entry["edited"] = session["edited"] = self.stamp

    def train(self, now: datetime) -> list[Doc]:
        """A session that was recorded live; returns the lines of its journal."""
        begun = replace(start(*ITEMS.values()), id=self.new_id(now), at=now)
        lines = [event_to_doc(begun)]
        session = {"id": begun.id, "started": now.isoformat(), "finished": self.stamp}
        session |= {"programme": "trail-speed", "part": "whole"}
        entries: list[Doc] = []
        for item, what in ITEMS.items():
            entry: Doc = {"id": f"{begun.id}-{item}", "exercise": what.exercise, "sets": []}
            for number in range(1, self.chance.randint(1, 3) + 1):
                row = self.row(f"{entry['id']}-{number}b", number, "b", self.stamp)
                entry["sets"].append(row)
                told = {"item": item, "kind": "work", "number": number, "rows": [row]}
                lines.append({"e": "sets", "at": self.stamp, **told})
            entry["edited"] = self.stamp
            entries.append(entry)
        lines.append({"e": "finish", "at": self.stamp})
        self.sessions[begun.id] = session | {"edited": self.stamp, "entries": entries}
        return [{"n": n, **line} for n, line in enumerate(lines, 1)]

    def rows(self) -> list[tuple[Doc, Doc, Doc]]:
        return [
            (session, entry, row)
            for session in self.shown()
            for entry in session["entries"]
            if "deleted" not in entry
            for row in entry["sets"]
            if "deleted" not in row
        ]

    def change(self, **fields: object) -> tuple[Doc, Doc, Doc] | None:
        if not (rows := self.rows()):
            return None
        session, entry, row = self.chance.choice(rows)
        row |= {"edited": self.stamp, **fields}
        self.touch(session, entry)
        return session, entry, row

    def correct(self, _: datetime) -> None:
        self.change(reps=self.chance.randint(31, 60))

    def delete_set(self, _: datetime) -> None:
        self.change(deleted=True)

    def add_side(self, _: datetime) -> None:
        """Correct a set so that another side comes in; what was both becomes a left and a right."""
        if (found := self.change()) is None:
            return
        _session, entry, row = found
        if row["side"] == "both":
            row["deleted"] = True
        taken = {one["id"] for one in entry["sets"]}
        for side in ("l", "r"):
            name = f"{row['id']}-{side}"
            if row["side"] == SIDES[side] or name in taken:
                continue
            new = {**row, "id": name, "side": SIDES[side], "note": f"{row['note']}{side}"}
            new.pop("deleted", None)
            entry["sets"].append(new)

    def delete(self, _: datetime) -> None:
        if shown := self.shown():
            self.chance.choice(shown).update(deleted=True, edited=self.stamp)

    def log_and_undo(self, now: datetime) -> None:
        session, entry, rows = self.log(now)
        for row in rows:
            row["deleted"] = True
        if len(entry["sets"]) == len(rows):
            entry["deleted"] = True
        if len(session["entries"]) == 1 and "deleted" in entry:
            session["deleted"] = True


def export(sessions: dict[str, Doc]) -> Iterator[bytes]:
    """The lines of an export."""
    dead: dict[str, Doc] = {}
    for session in sorted(sessions.values(), key=lambda s: (s["started"], s["id"])):
        if "deleted" in session:
            dead[session["id"]] = {"edited": session["edited"]}
            continue
        for entry in session["entries"]:
            what = {"exercise": entry["exercise"]}
            if "deleted" in entry:
                dead[entry["id"]] = {**what, "edited": entry["edited"]}
                continue
            for row in entry["sets"]:
                at = row.get("at")
                if "deleted" in row:
                    to = {"at": second(at).isoformat()} if at else {}
                    dead[row["id"]] = {**what, **to, "edited": row["edited"]}
                    continue
                day = when(second(at)) if at else {"date": session["started"][:10]}
                done = {key: row[key] for key in ("side", "reps", "note")}
                about = {key: session[key] for key in ("started", "finished")}
                own = {"session": session["id"], "entry": entry["id"], "id": row["id"]}
                yield line(
                    {**day, **what, "set": row["number"], "kind": "work", **done, **about, **own}
                    | {"edited": row["edited"]}
                )
    for name, grave in sorted(dead.items()):
        yield line({"type": "deleted", "id": name, **grave})


def line(doc: Doc) -> bytes:
    return json.dumps(doc).encode()


def second(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(microsecond=0)


def when(moment: datetime) -> Doc:
    clock = moment.strftime("%H:%M:%S") if moment.second else moment.strftime("%H:%M")
    return {"date": date.isoformat(moment.date()), "time": clock, "offset": "+00:00"}
