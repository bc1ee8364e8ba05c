"""The codebook of the export: every file, every column, what it means. Declared once; `export` writes exactly these.

Files that begin with `run-` are the model's own tables of what the class played, as everybody may see them; their columns are those of `api.TABLES`.
"""

from __future__ import annotations

from sim import api
from ui.classroom.played import PUBLIC_OF_STATES, SECRET_OF_DISPUTES

OF_THE_RUN = {"states": "run-states", "measures": "run-measures", "disputes": "run-disputes", "events": "run-events"}  # table of the model: file
GRADES = {
    "seat": "Seat",
    "state": "State it speaks for",
    "rounds_held": "Rounds that count in which people held the seat; the shares are over these",
    "decisions": "Share of rounds in which the team handed in itself, 0 to 1",
    "reasons": "Share of rounds with a line why, 0 to 1",
    "bets": "Share of rounds with a bet, 0 to 1",
    "role_check": "Share of the questions on the role answered right at once, 0 to 1",
    "polls": "Share of the polls answered, 0 to 1",
    "winning": "How much of its goals it reached as the teacher says, 0 to 1; counts nothing unless the teacher gives it a weight",
    "grade": "Weighted mean of the shares, 0 to 100",
}

def _of_the_run(table: str) -> dict[str, str]:
    """The columns of a table of the model that everybody may see, with what they mean and their unit."""
    known = [column for column in api.TABLES[table] if column.name not in SECRET_OF_DISPUTES]
    if table == "states":
        known = [column for column in known if column.name in PUBLIC_OF_STATES]
    place = {"branch": "Branch of history", "round": "Round", "counts": "1 on the line that counts"}
    return {**place, **{column.name: f"{column.means} ({column.unit})" if column.unit else column.means for column in known}}


COLUMNS: dict[str, dict[str, str]] = {
    "session": {
        "title": "Title of the session",
        "scenario": "Scenario",
        "scenario_digest": "SHA-256 of the scenario's files",
        "seed": "Seed of the run",
        "theory": "Theory preset, blank for the scenario's own",
        "engine": "Program and version that resolved the rounds",
        "rounds": "Rounds planned",
        "quarters_per_round": "Quarters of a round",
        "phase": "Phase at export",
        "round": "Round at export",
        "branch": "Branch at export; above 0 after a roll-back",
    },
    "seats": {
        "seat": "Label of the seat",
        "state": "State it speaks for",
        "role": "Role",
        "started": "1 when somebody pressed Start",
        "model": "1 when the model plays it at export",
    },
    "rounds": {
        "branch": "Branch of history",
        "round": "Number of the round",
        "counts": "1 on the line that counts, 0 on an abandoned branch",
        "opened_at": "UTC",
        "locked_at": "UTC, blank when never locked",
        "resolved_at": "UTC, blank when never resolved",
        "digest": "SHA-256 of all tables of the run up to this round",
    },
    "decisions": {
        "branch": "Branch of history",
        "round": "Round",
        "counts": "1 on the line that counts",
        "seat": "Seat",
        "state": "State",
        "how": "people, default (continue current policy) or model (its own agent)",
        "purpose": "signal, constrain, coerce or blank",
        "quarter": "Quarter of the move, blank when nothing was moved",
        "lever": "Lever",
        "target": "Target",
        "sector": "Sector, blank or * for all",
        "value": "Value in the lever's unit, blank = withdrawn",
        "options": "key=value;key=value",
        "revision": "How often the decision was handed in",
        "at": "UTC, last time",
    },
    "bets": {
        "branch": "Branch of history",
        "round": "Round",
        "counts": "1 on the line that counts",
        "seat": "Seat",
        "outcome": "What the bet was about",
        "low": "Low end of the range",
        "high": "High end of the range",
        "sure": "How sure, 0 to 1",
    },
    "reasons": {
        "branch": "Branch of history",
        "round": "Round",
        "counts": "1 on the line that counts",
        "seat": "Seat",
        "text": "One line why",
    },
    "pledges": {
        "branch": "Branch of history",
        "round": "Round",
        "counts": "1 on the line that counts",
        "seat": "Seat",
        "will": "1 will do, 0 will not",
        "lever": "Lever",
        "target": "Target",
        "text": "Words",
        "kept": "1 kept, 0 broken, blank before the reveal",
    },
    "offers": {
        "branch": "Branch of history",
        "round": "Round in which it was made",
        "counts": "1 on the line that counts",
        "offer": "Number",
        "from_seat": "Who offers",
        "to_seat": "To whom",
        "kind": "deal, settlement, coalition or vote",
        "gives": "What is given",
        "wants": "What is wanted",
        "status": "open, accepted, refused, countered, withdrawn or expired",
        "counters": "Number of the offer it answers",
    },
    "messages": {"round": "Round", "from_seat": "Sender", "to_seat": "Receiver", "text": "Words", "at": "UTC", "hidden": "1 when hidden"},
    "polls": {"poll": "Poll", "question": "Question", "seat": "Seat", "answer": "Percent, or the option's text", "at": "UTC"},
    "votes": {
        "round": "Round", "motion": "Number", "kind": "resolution or fork", "text": "Text", "seat": "Seat", "vote": "Option",
        "at": "UTC",
    },
    "role_check": {
        "seat": "Seat", "question": "Number of the question, from 1", "first_right": "1 when right at once", "right": "1 when right", "tries": "Tries",
    },
    "notices": {"round": "Round", "inject": "Key of the inject, blank for a notice", "title": "Title", "text": "Words", "at": "UTC"},
    "log": {
        "id": "Order",
        "at": "UTC",
        "kind": "What happened",
        "actor": "seat, instructor, clock or model",
        "seat": "Seat",
        "branch": "Branch of history",
        "round": "Round",
        "payload": "JSON",
    },
    **{file: _of_the_run(table) for table, file in OF_THE_RUN.items()},
}  # fmt: skip
