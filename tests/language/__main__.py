"""Keeps the files of translations: `python -m tests.language update`, `missing`, `prune`."""

from __future__ import annotations

import sys

from tests.language.messages import all_messages
from tests.language.po_files import TRANSLATED, path_of, pruned, read, updated


def main(command: str) -> int:
    messages = all_messages()
    for language in TRANSLATED:
        if command == "update":
            path_of(language).write_bytes(updated(language, messages))
        elif command == "prune":
            path_of(language).write_bytes(pruned(language))
        catalogue = read(language)
        missing = [entry.id for entry in catalogue if entry.id and not _is_told(entry.string)]
        print(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation")
        if command == "missing":
            for message in missing:
                print(f"    {message}")
    return 0


def _is_told(string: object) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))  # type: ignore[arg-type]


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in {"update", "missing", "prune"}:
        raise SystemExit("usage: python -m tests.language update|missing|prune")
    raise SystemExit(main(sys.argv[1]))
