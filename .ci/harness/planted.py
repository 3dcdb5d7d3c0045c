"""Somebody who is in every file and message, in every way that one can fail, and may be in nothing that is observed."""

import gzip
import json

ZELDA = {
    "name": "Zelda Quuxington",
    "last name": "Quuxington",
    "e-mail": "zelda.quux@planted.example.com",
    "number": "91919191",
    "number as sent": "9191 9191",
    "birthday": "1987-11-23",
    "birthday as kept": "19871123",
}
NAME, LAST, MAIL, NUMBER = ZELDA["name"], ZELDA["last name"], ZELDA["e-mail"], ZELDA["number"]
# Whose sender has put his name into those of files.
NAMED = "Keyman"
ROW = f"{NAME},{MAIL},{ZELDA['birthday']},{ZELDA['number as sent']}"
HEADER = "name,email,date_of_birth,mobile_no"
GOOD = f"{HEADER}\n{ROW}\n".encode()


def files() -> dict[str, bytes]:
    """Files by key, each of which fails in its own way, or not."""
    row = ROW.encode()
    head = HEADER.encode()
    return {
        "incoming/membership/accepted.csv": GOOD,
        "incoming/membership/rejected.csv": b"\n".join(
            [head, row.replace(b"9191 9191", b"9191"), row.replace(b"1987-11-23", b"1987-11-23x"), row + b",x", b""]
        ),
        "incoming/membership/long.csv": head + b"\n" + row + b"," + b"x" * 1_100_000 + b"\n",
        "incoming/membership/no-header.csv": row + b"\n" + row + b"\n",
        "incoming/membership/semicolons.csv": head.replace(b",", b";") + b"\n" + row.replace(b",", b";") + b"\n",
        "incoming/membership/doubled.csv": head + b"," + NAME.encode() + b"," + NAME.encode() + b"\n",
        "incoming/membership/quote.csv": head + b'\n"' + row + b'"' + MAIL.encode() + b"\n",
        "incoming/membership/open-quote.csv": head + b'\n"' + row + b"\n" * 3,
        "incoming/membership/nul.csv": head + b"\n" + row + b"\0\n",
        "incoming/membership/latin.csv": head + b"\n" + row + b"\xe9\n",
        "incoming/membership/cut.csv.gz": gzip.compress(head + b"\n" + row * 1000)[:-9],
        "incoming/membership/empty.csv": b"",
        "incoming/nobody/of-no-dataset.csv": GOOD,
    }


def messages() -> list[str]:
    """Bodies that are no event and no command, each in its own way."""
    winnow = [
        NAME,
        {"command": NAME},
        {"command": LAST},
        {"command": NUMBER},
        {"command": "redrive", "id": MAIL},
        {"command": "consolidate", "dataset": LAST},
        {"command": "consolidate", "dataset": LAST, "hour": "2026-11-24T08"},
        {"command": "consolidate", "hour": NAME},
        {"command": "reprocess", "dataset": LAST, "fileId": "0" * 24, "replaces": 1},
        {"command": "reprocess", "dataset": "membership", "fileId": MAIL, "replaces": 1},
    ]
    others = [
        {"name": NAME, "email": MAIL},
        NAME,
        {"Records": ROW},
        {"Records": [{"eventVersion": NAME}]},
        {"Records": [{NAME: MAIL}]},
        {"detail-type": NAME},
        {"Type": NAME},
        {"Type": "Notification", "Message": ROW},
    ]
    return [ROW, GOOD.decode(), f'{{"{NAME}": ', *map(json.dumps, [{"winnow": it} for it in winnow] + others)]


def leaks(where: str, text: str) -> list[str]:
    return [f"{where} has the planted {what}" for what, value in ZELDA.items() if value in text]
