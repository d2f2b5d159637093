"""Searches the log: full text, and filters by exercise, category, programme, pain, note or flag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from msgspec import Struct

from tui.domain.model.library.catalog import Library, exercise_name, routine_name
from tui.domain.model.library.search import labels, plain
from tui.domain.model.validation import BadDocument, said
from tui.domain.model.values import ROUTINE, Session

Words = tuple[str, ...]
OWN = "own session"
# What a filter can ask of a set (a note may be on its session instead).
HAS = {name: name for name in ("pain", "note", "flag")} | {"notes": "note", "flags": "flag"}
CATEGORY, PROGRAMME = ("cat", "category"), ("programme", "program", "prog")
# One shared frozenset for each combination: thousands of logged exercises refer to them.
HAVING = {
    mix: frozenset(name for name, had in zip(("pain", "note", "flag"), mix, strict=True) if had)
    for mix in product((False, True), repeat=3)
}


class Wanted(Struct, frozen=True, kw_only=True):
    """A filter; an empty field lets everything through. ``exercise`` are beginnings of words in its
    name or id; ``has`` lists which of pain, note and flag are required."""

    exercise: Words = ()
    category: str = ""
    programme: Words = ()
    has: Words = ()

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def words(self) -> str:
        """The filter in words, as shown to the runner."""
        parts = [
            f"exercise {' '.join(self.exercise)}" if self.exercise else "",
            f"category {self.category}" if self.category else "",
            f"programme {' '.join(self.programme)}" if self.programme else "",
            *self.has,
        ]
        return ", ".join(filter(None, parts))


EVERYTHING = Wanted()


class SearchEntry(Struct, frozen=True, gc=False):
    """The searchable content of a session: its text, case-folded, the names of its programme, and
    each exercise done with which of pain, note and flag its sets have."""

    session: Session
    text: str
    programme: Words
    did: tuple[tuple[str, frozenset[str]], ...]


class Index:
    """The search index of a log. Cards are made on first use, and again only if their session has
    changed."""

    def __init__(self) -> None:
        self._library = Library()
        self._sessions: Sequence[Session] = ()
        self._cards: list[SearchEntry] = []
        self._heads: dict[tuple[str | None, str | None], tuple[str, Words]] = {}

    def cards(self, library: Library, sessions: Sequence[Session]) -> list[SearchEntry]:
        """One card per session, in order; ``sessions`` must not include deleted ones."""
        if library is not self._library:
            self._library, self._sessions, self._cards = library, (), []
            self._heads.clear()
        if sessions is not self._sessions:
            known = {card.session.id: card for card in self._cards}
            self._cards = [self._of(s, known.get(s.id)) for s in sessions]
            self._sessions = sessions
        return self._cards

    def _of(self, session: Session, known: SearchEntry | None) -> SearchEntry:
        if known is not None and known.session is session:
            return known
        head, programme = self._head(session)
        texts, did = [head, session.note], []
        for entry in session.entries:
            if entry.deleted:
                continue
            alive = pain = note = flag = False
            for row in entry.sets:
                if not row.deleted:
                    alive = True
                    pain = pain or bool(row.pain) or row.undone == "pain"
                    flag = flag or bool(row.flags)
                    if row.note:
                        note = True
                        texts.append(row.note)
            if alive:
                texts += [entry.exercise, exercise_name(self._library, entry.exercise)]
                did.append((entry.exercise, HAVING[pain, note, flag]))
        return SearchEntry(session, "\n".join(texts).casefold(), programme, tuple(did))

    def _head(self, session: Session) -> tuple[str, Words]:
        """The text of a session's programme and part, and the programme's names for a filter;
        cached by part."""
        key = session.programme, session.part
        if key not in self._heads:
            called = self._library.programmes.get(session.programme or "")
            name = called.name if called else ""
            words = [session_name(self._library, session), session.programme or "", name]
            names = plain(session.programme or OWN), plain(name)
            self._heads[key] = "\n".join(words), names
        return self._heads[key]


# -- finding ---------------------------------------------------------------------------------------


def session_name(library: Library, session: Session, between: str = ", ") -> str:
    """The name of a session: its routine, or its programme and part; or the id if the library
    lacks it."""
    if session.programme == ROUTINE:
        return routine_name(library, session.part)
    programme = library.programmes.get(session.programme or "")
    if programme is None:
        return session.programme or OWN
    part = next((p.name for p in programme.parts if p.id == session.part), "")
    return programme.name if part in ("", programme.name) else f"{programme.name}{between}{part}"


def typed_words(typed: str) -> Words:
    """The words of a typed search, case-folded."""
    return tuple(typed.casefold().split())


def found(
    library: Library, cards: Iterable[SearchEntry], wanted: Wanted, words: Sequence[str]
) -> list[Session]:
    """The sessions that match the filter and contain all the words, in order."""
    lets = _fitting(library, wanted) if wanted else None
    left = [card for card in cards if lets is None or lets(card)]
    for word in words:
        left = [card for card in left if word in card.text]
    return [card.session for card in left]


def _fitting(library: Library, wanted: Wanted) -> Callable[[SearchEntry], bool]:
    """The test of a card against a filter. A single exercise must meet the filter's exercise,
    category and ``has``; a note on the session counts for each of its exercises."""
    meant = _meant(library, wanted)
    known: dict[str, bool] = {}
    begins = " ".join(wanted.programme)

    def one(exercise: str) -> bool:
        if exercise not in known:
            known[exercise] = meant(exercise)
        return known[exercise]

    needs = frozenset(wanted.has)

    def fits(card: SearchEntry) -> bool:
        if begins and not any(name.startswith(begins) for name in card.programme):
            return False
        left = needs - {"note"} if card.session.note else needs
        if not (left or wanted.exercise or wanted.category):
            return True
        return any(left <= has and one(exercise) for exercise, has in card.did)

    return fits


def _meant(library: Library, wanted: Wanted) -> Callable[[str], bool]:
    """The test of an exercise id against a filter. A full name matches only that exercise."""
    typed = wanted.exercise
    exact = {e.id for e in library.exercises.values() if typed in labels(e.id, e.name, e.aliases)}

    def meant(exercise: str) -> bool:
        found = library.exercises.get(exercise)
        if wanted.category and (found is None or found.category != wanted.category):
            return False
        if not typed or exact:
            return not typed or exercise in exact
        names = labels(exercise, found.name if found else exercise, ())
        return any(_each_begins(typed, name) for name in names)

    return meant


def _each_begins(typed: Words, name: Words) -> bool:
    return all(any(word.startswith(one) for word in name) for one in typed)


# -- typed filters ---------------------------------------------------------------------------------


def wanted_of(typed: str, library: Library) -> Wanted:
    """Parse a typed filter such as ``cat hinge pain``, ``programme blocks note`` or ``calf flag``;
    other words are beginnings of words in an exercise's name. Raises BadDocument with what can be
    typed."""
    exercise: list[str] = []
    fields: dict[str, str | Words] = {}
    has: list[str] = []
    left = typed.casefold().split()
    while left:
        word = left.pop(0)
        if word in HAS:
            has.append(HAS[word])
        elif word in CATEGORY:
            _once(fields, "category", _category(left, library))
        elif word in PROGRAMME:
            _once(fields, "programme", _programme(left, library))
        else:
            exercise += plain(word).split()
    return Wanted(
        exercise=tuple(exercise),
        category=str(fields.get("category", "")),
        programme=tuple(fields.get("programme", ())),
        has=tuple(dict.fromkeys(has)),
    )


def _once(fields: dict[str, str | Words], name: str, value: str | Words) -> None:
    if name in fields:
        raise BadDocument(f"one {name} at a time")
    fields[name] = value


def _category(left: list[str], library: Library) -> str:
    """The category that the next word names or abbreviates; pops it from ``left``."""
    every = sorted({e.category for e in library.exercises.values()})
    word = left.pop(0) if left else ""
    named = [c for c in every if c == word] or [c for c in every if word and c.startswith(word)]
    if len(named) != 1:
        raise BadDocument(f"cat takes one of {', '.join(named or every)}; not {said(word)}")
    return named[0]


def _programme(left: list[str], library: Library) -> Words:
    """The beginning of a programme's name or id, as many words as match one; pops them from
    ``left``."""
    if not left:
        names = ", ".join(library.programmes)
        raise BadDocument(f"programme takes a name or its beginning: {names}")
    known = [plain(text) for p in library.programmes.values() for text in (p.id, p.name)]
    count = 1
    while count < len(left) and any(
        name.startswith(plain(" ".join(left[: count + 1]))) for name in known
    ):
        count += 1
    words = tuple(plain(" ".join(left[:count])).split())
    del left[:count]
    return words
