"""How far a problem reaches, told by its words, in six languages."""

from __future__ import annotations

import pytest

from redmine_sla.contract.words import ProblemClass
from redmine_sla.sla.classification import read_text

USER, SYSTEM, INFRASTRUCTURE = ProblemClass


def reach(body: str, subject: str = "") -> ProblemClass:
    return read_text(subject, body).problem_class


@pytest.mark.parametrize(
    ("one_person", "one_area", "whole_company"),
    [
        pytest.param(
            "My monitor is black, the others can work.",
            "Nobody in the accounting department can open the payroll program.",
            "Nobody in the whole company can sign in, mail and phones are down too.",
            id="English",
        ),
        pytest.param(
            "Nem működik a monitorom, a kollégáknak rendben megy.",
            "A könyvelésen senki nem tudja megnyitni a bérprogramot, az egész osztály áll.",
            "Az egész cégnél nincs internet, egyik telephelyen sem, a levelezés se megy.",
            id="Hungarian",
        ),
        pytest.param(
            "Nie działa mi monitor, u innych wszystko w porządku.",
            "Nikt w dziale księgowości nie może otworzyć programu płacowego.",
            "W całej firmie nie ma internetu, nie działa poczta ani telefony.",
            id="Polish",
        ),
        pytest.param(
            "Nejde mi monitor, kolegyniam všetko funguje.",
            "Nikto z účtovného oddelenia nevie otvoriť mzdový program.",
            "V celej firme nejde internet, pošta ani telefóny.",
            id="Slovak",
        ),
        pytest.param(
            "У меня не работает монитор, у коллег всё в порядке.",
            "Ни у кого в бухгалтерии не открывается программа расчёта зарплаты.",
            "Во всей компании нет интернета, не работает почта и телефония.",
            id="Russian",
        ),
        pytest.param(
            "Менің мониторым жанбайды, әріптестерімде бәрі жақсы.",
            "Бухгалтерияда ешкімде жалақы бағдарламасы ашылмайды, бәрі тоқтап тұр.",
            "Бүкіл компанияда интернет жоқ, пошта да, телефон да істемейді.",
            id="Kazakh",
        ),
    ],
)
def test_each_language_tells_one_person_from_an_area_and_from_the_company(
    one_person: str, one_area: str, whole_company: str
) -> None:
    assert (reach(one_person), reach(one_area), reach(whole_company)) == tuple(ProblemClass)


@pytest.mark.parametrize(
    "body",
    [
        "Colleagues can work normally, it is only my laptop.",
        "A kollégák dolgoznak, csak az én gépem nem indul.",
        "Koledzy pracują normalnie, tylko mój komputer nie startuje.",
        "Kolegovia pracujú normálne, len môj počítač nejde.",
        "Коллеги работают нормально, только мой компьютер не включается.",
        "Әріптестерім жұмыс істеп жатыр, тек менің компьютерім қосылмайды.",
    ],
)
def test_a_loud_subject_does_not_outshout_colleagues_who_can_work(body: str) -> None:
    assert reach(body, subject="URGENT!!! SERVER DOWN, NOBODY CAN WORK") is USER


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("u menya ne rabotaet printer, u kolleg vse rabotaet", USER),
        ("Nemozem sa prihlasit, kolegovia pracuju normalne", USER),
        ("egesz cegnel nincs internet, levelezes se megy", INFRASTRUCTURE),
        ("w calej firmie nie ma internetu, nie dziala poczta", INFRASTRUCTURE),
        ("букил компанияда интернет жок, пошта да истемейди", INFRASTRUCTURE),
    ],
)
def test_missing_diacritics_and_foreign_keyboards_do_not_hide_the_words(
    body: str, plain: ProblemClass
) -> None:
    assert reach(body) is plain


@pytest.mark.parametrize(
    "body",
    [
        "The domain controller reports errors, nothing has stopped yet.",
        "All backup jobs failed for the third night.",
        "Every file on the shared drive is encrypted, there is a ransom note.",
        "The core switch in the server room smells burnt.",
        "Vypadla VPN brána.",
        "Przegrzewa się serwerownia, klimatyzacja stoi.",
    ],
)
def test_what_the_company_shares_is_infrastructure_before_anybody_notices(body: str) -> None:
    assert reach(body) is INFRASTRUCTURE


def test_one_site_among_several_that_work_is_a_system() -> None:
    assert reach("The tills in our shop stand, the other shops are fine.") is SYSTEM


def test_counts_tell_a_couple_from_a_team() -> None:
    few = read_text("", "Two of 40 users cannot open it.").reach.probability
    team = read_text("", "All 14 users cannot open it.").reach.probability
    assert few["user"] > team["user"]
    assert team["system"] > few["system"]


def test_a_not_turns_a_word_round() -> None:
    whole = read_text("", "The whole company is offline.").reach.probability
    part = read_text("", "Not the whole company is offline.").reach.probability
    assert part["infrastructure"] < whole["infrastructure"]


def test_a_pasted_message_says_less_than_the_customers_own_words() -> None:
    own = read_text("", "The domain controller is down for all users").signals["core"]
    pasted = read_text("", 'It says "the domain controller is down for all users"').signals["core"]
    assert pasted.strength < own.strength


def test_a_signature_is_no_report() -> None:
    body = "My mouse is broken.\n\n-- \nHead of Accounting\nWhole Company Ltd, all branches"
    assert "company_wide" not in read_text("", body).signals or reach(body) is USER


def test_a_mixed_ticket_is_read_in_both_its_languages() -> None:
    found = read_text("", "Hi, the printer nem nyomtat, a kollégáknak rendben megy, only for me.")
    assert {"peers_fine", "only_me"} <= found.signals.keys()
    assert found.problem_class is USER


def test_each_piece_of_evidence_names_its_rule_and_its_words() -> None:
    found = read_text("", "Nobody in the accounting department can open the payroll program.")
    heaviest = found.evidence[0]
    assert heaviest.value is SYSTEM
    assert heaviest.weight > 0
    assert heaviest.why == "a whole department (dept_wide): Nobody in the accounting"
