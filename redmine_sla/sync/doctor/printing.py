"""Whether this machine can print what the contracts' quarters are handed over in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from redmine_sla.contract import Configuration, Contract
from redmine_sla.contract.promises.quarterly import Format
from redmine_sla.errors import SlaError
from redmine_sla.press.charts import chart_library
from redmine_sla.press.pdf import pdf_library
from redmine_sla.press.workbook import workbook_library
from redmine_sla.sync.doctor.finding import Finding, named, ok, warning

_LIBRARIES = (
    (chart_library, frozenset({Format.WIKI, Format.HTML, Format.PDF})),
    (pdf_library, frozenset({Format.PDF})),
    (workbook_library, frozenset({Format.XLSX})),
)


def look_at_libraries(configuration: Configuration) -> tuple[SlaError, ...]:
    """What is wanted by a contract's formats and cannot be loaded. Loading takes a second: it is
    tried only where a contract hands quarters over."""
    wanted = {format_ for one in configuration.contracts for format_ in _formats(one)}
    return tuple(_troubles(wanted))


def check_printing(missing: Iterable[SlaError], configuration: Configuration) -> Iterator[Finding]:
    handing: Mapping[str, Sequence[Format]] = {
        one.name: formats for one in configuration.contracts if (formats := _formats(one))
    }
    if not handing:
        return
    troubles = list(missing)
    for trouble in troubles:
        yield warning(
            "cannot-print",
            f"the quarters of {named(handing)} cannot be handed over: {trouble.message}",
            trouble.hint,
        )
    if not troubles:
        yield ok("printing", "the libraries that print quarters are there")


def _formats(contract: Contract) -> Sequence[Format]:
    promised = contract.versions[-1][1].quarter
    return promised.formats if promised else ()


def _troubles(wanted: set[Format]) -> Iterator[SlaError]:
    for load, formats in _LIBRARIES:
        if not formats & wanted:
            continue
        try:
            load()
        except SlaError as trouble:
            yield trouble
