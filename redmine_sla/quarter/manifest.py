"""The manifest of a published quarter: what was said, by what, in which files. It freezes them.

The manifest is published before the files it names. It is the commitment: they are rendered again
from the same history as of the same instant if a run is cut short, and must have the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.quarter import Quarter, QuarterError
from redmine_sla.quarter.section import FIGURES_VERSION

LARGEST = 20_000_000
"""Bytes. A file that is larger was not written by this program."""

MEDIA_TYPE = "application/json"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal digits."""


class ManifestError(SlaError):
    """A file that is not a manifest of this program, or is not there: a person has to look."""

    exit_code = ExitCode.FINDINGS


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Parties(_Part):
    """The contract: whose quarter it is."""

    name: str
    number: str | None
    title: str
    customer: str
    provider: str
    currency: str
    timezone: str
    language: str


class ManifestFile(_Part):
    """A file published with it."""

    filename: str
    title: str
    size: int = Field(ge=0)
    sha256: Digest


class Changed(_Part):
    """A figure that is not what the edition before said."""

    path: tuple[str, ...]
    before: Any
    after: Any


class EarlierQuarter(_Part):
    """A quarter published before it: its name, and the kept share of each clock."""

    quarter: str
    shares: dict[str, Decimal | None]


class Earlier(_Part):
    """What the quarters published before it gave: since when the last of them was `stated`
    (`None`: it was not), and the points of the trend, oldest first.

    They may be published, or restated, after it: what it took from them stays.
    """

    stated: AwareDatetime | None = None
    trend: tuple[EarlierQuarter, ...] = ()


class Restates(_Part):
    """The edition before, by its manifest's digest, and every figure that differs from it.

    `reason` says why where no figure does.
    """

    manifest: str
    sha256: Digest
    differences: tuple[Changed, ...]
    reason: str = ""


def _quarter(text: str) -> str:
    try:
        return str(Quarter.parse(text))
    except QuarterError as error:
        raise ValueError(error.message) from None


class Manifest(_Part):
    """`first` and `last` are the days stated, both included; `as_of` the instant of knowledge.

    `figures` are what is frozen, by section, in keys of the version `figures_version`: only figures
    of the same version can be compared (see `quarter.compared`). `judged_by` is on record beside
    them and may differ between equal quarters. `page` is the digest of the wiki page (see
    `quarter.freezing.page_digest`).
    """

    made_by: Literal["redmine-sla quarter 1"] = "redmine-sla quarter 1"
    contract: Parties
    quarter: Annotated[str, AfterValidator(_quarter)]
    restatement: int = Field(ge=0)
    first: date
    last: date
    as_of: AwareDatetime
    figures_version: int = Field(default=FIGURES_VERSION, ge=1)
    figures: dict[str, Any]
    judged_by: dict[str, Any]
    files: tuple[ManifestFile, ...]
    page: Digest
    earlier: Earlier = Earlier()
    restates: Restates | None = None

    @property
    def edition(self) -> Edition:
        return Edition(self.contract.name, Quarter.parse(self.quarter), self.restatement)

    @property
    def release(self) -> str:
        """The release of this program that made it, as `redmine-sla 1.2.0`."""
        version = self.judged_by.get("software", {}).get("redmine-sla")
        return f"redmine-sla {version}" if version else "the release that published it"

    @property
    def content(self) -> bytes:
        """The file: JSON with its keys in order, the same bytes for the same manifest."""
        data = self.model_dump(mode="json")
        text = json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode()

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """The digest that freezes all of it."""
        return hashlib.sha256(self.content).hexdigest()


def read_manifest(content: bytes, edition: Edition) -> Manifest:
    """The manifest of that edition. Raises `ManifestError` for anything else.

    People may upload files under any name, so nothing in it is believed: it must be written as
    this program writes it, to the byte, and be about this contract, quarter and restatement.
    """
    if len(content) > LARGEST:
        _refuse(edition, f"it has more than {LARGEST} bytes")
    try:
        json.loads(content, parse_float=_no_number, parse_constant=_no_number)
        manifest = Manifest.model_validate_json(content)
        if manifest.content != content:
            _refuse(edition, "it is not written as redmine-sla writes it")
    except (ValidationError, ValueError, RecursionError) as error:
        _refuse(edition, _told(error))
    if manifest.edition != edition:
        _refuse(edition, f"it is about {manifest.edition}")
    return manifest


def plain(figures: Any) -> Any:
    """Figures as they come back from JSON: tuples are lists. Raises `TypeError` for what is none.

    Binary fractions are refused: they are not exact, and two programs write them differently.
    """
    return json.loads(json.dumps(figures), parse_float=_no_number, parse_constant=_no_number)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is a binary fraction; exact figures are texts")


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return f"{where}: {first['msg']}"
    return str(error) if isinstance(error, ValueError) else "it is nested too deeply"


def _refuse(edition: Edition, what: str) -> NoReturn:
    raise ManifestError(
        f"{edition.manifest_name} in Redmine's Files is not a manifest of {edition}: {what}",
        hint="find out who uploaded it and remove it; what was published before stays valid",
    )
