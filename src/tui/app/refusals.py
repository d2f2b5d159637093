"""What refuses a step: bad notation or value, a rule of the session, another writer, the disk."""

from __future__ import annotations

from tui.app.write_access import ReadOnly
from tui.domain.model.notation import NotationError
from tui.domain.model.validation import BadDocument
from tui.domain.session.actions import Refused
from tui.store.errors import StoreError

REFUSALS = (NotationError, BadDocument, Refused, ReadOnly, StoreError)
