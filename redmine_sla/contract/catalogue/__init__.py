"""The profiles that come with the product: five kinds of support contract, written in full."""

from __future__ import annotations

from importlib.resources import files


def profile_names() -> tuple[str, ...]:
    """What `extends` can name without a file of one's own."""
    folder = files(__package__)
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        )
    )


def profile_text(name: str) -> str:
    """The TOML of a profile. Raises `KeyError` for a name not in the catalogue."""
    if name not in profile_names():
        raise KeyError(name)
    return (files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
