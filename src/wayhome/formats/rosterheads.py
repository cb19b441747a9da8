"""Column headings of rosters, as data: what each field is called in the files that teams really have.

D4H's own headings come from its members page and its qualification upload (name or reference, awarded, expiry;
dates as YYYY-MM-DD; an empty expiry never ends); the others are usual spellings in spreadsheets of rescue teams.
Case, blanks and marks do not count: `E-mail`, `e mail` and `EMAIL` are one.
"""

from __future__ import annotations

from typing import Final

MEMBER_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "ref": (
        "ref", "reference", "reference id", "reference number", "ref no", "ref number", "id", "member id", "member ref",
        "member reference", "member number", "membership number", "number", "no", "nr", "badge", "badge number",
        "d4h member id", "d4h id", "sar id", "personnel number", "dem",
    ),
    "name": ("name", "full name", "member name", "member", "display name", "nombre", "nom"),
    "first_name": ("first name", "firstname", "forename", "given name"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "callsign": ("callsign", "call sign", "radio callsign", "radio id", "signal"),
    "rank": ("rank", "grade", "position", "title", "member type", "membership type", "member rank"),
    "duties": ("role", "roles", "duty", "duties", "function", "functions", "role duties"),
    "phone": ("phone", "mobile", "mobile phone", "mobile number", "cell", "cell phone", "phone number", "telephone",
              "tel", "primary phone", "contact number"),
    "email": ("email", "e mail", "mail", "email address", "primary email", "team email"),
    "skills": ("skills", "skill", "skill level", "skills levels", "competencies"),
    "languages": ("languages", "language", "spoken languages", "languages spoken"),
    "home": ("home", "home place", "address", "home address", "home location", "town", "location", "residence"),
    "next_of_kin": ("next of kin", "nok", "emergency contact", "emergency contacts", "ice", "in case of emergency",
                    "primary emergency contact"),
    "medical": ("medical", "medical notes", "medical note", "medical information", "medical conditions", "allergies"),
    "status": ("status", "member status", "duty status", "operational status", "availability"),
}  # fmt: skip

QUALIFICATION_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "qualification": ("qualification", "qualifications", "qualification name", "certificate", "certification", "award",
                      "course"),
    "awarded": ("awarded", "award date", "date awarded", "issued", "issue date", "start date", "date", "obtained",
                "qualified", "date qualified", "start"),
    "expires": ("expires", "expiry", "expiry date", "expiration", "expiration date", "expires on", "valid until",
                "end date", "end", "valid to"),
    "evidence": ("evidence", "certificate number", "certificate no", "proof", "document", "note", "notes"),
}  # fmt: skip


def head_key(heading: str) -> str:
    """What makes two headings one: letters and digits only, case folded."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


HEADS: Final[dict[str, str]] = {
    head_key(spelling): field
    for heads in (MEMBER_HEADS, QUALIFICATION_HEADS)
    for field, spellings in heads.items()
    for spelling in spellings
}


def is_known(heading: str) -> bool:
    return head_key(heading) in HEADS
