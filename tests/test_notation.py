"""A typed number is read as its writer meant it, or refused; what is shown can be typed again."""

from decimal import Decimal
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.notation import plain_number, read_number, read_unit, show_number

numbers = st.decimals(-(10**9), 10**9, places=6).map(float)
units = st.sampled_from(["", "%", "€", "km", "m", "NPS points", "m²", "k€", "Kunden", "°C"])


@pytest.mark.parametrize(
    ("typed", "unit", "meant"),
    [
        ("1,5", "", "1.5"),
        ("1.5", "", "1.5"),
        (" 42 ", "", "42"),
        ("12 %", "%", "12"),
        ("12%", "%", "12"),
        ("12", "%", "12"),
        ("0,12 %", "%", "0.12"),
        ("3k", "", "3000"),
        ("3k k€", "k€", "3000"),
        ("3k€", "k€", "3"),
        ("1,5 k", "", "1500"),
        ("2M", "", "2000000"),
        ("2.5M €", "€", "2500000"),
        ("€ 1'500", "€", "1500"),
        ("1 500", "", "1500"),
        ("1\u202f500\u00a0000", "", "1500000"),
        ("1’500.250", "", "1500.25"),
        ("−3", "", "-3"),
        ("-0.5", "", "-0.5"),
        ("+7", "", "7"),
        (",5", "", "0.5"),
        ("0.500", "", "0.5"),
        ("1500.000", "", "1500"),
        ("1.234,56", "", "1234.56"),
        ("1,234.56", "", "1234.56"),
        ("1.500.000", "", "1500000"),
        ("12,34,567", "", "1234567"),
        ("5 KM", "km", "5"),
        ("5k km", "km", "5000"),
        ("12.5 m²", "m²", "12.5"),
        ("١٢٫٥", "", "12.5"),
        ("１２", "", "12"),
    ],
)
def test_it_is_read_as_it_was_meant(typed: str, unit: str, meant: str) -> None:
    assert read_number(typed, unit=unit) == float(meant)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("1.500", ""),
        ("1,500", ""),
        ("-12,345", ""),
        ("1.500k", ""),
        ("1,234 %", "%"),
        ("3k", "k"),
        ("3k", "k€"),
        ("3k", "km"),
        ("5M", "m"),
    ],
)
def test_what_could_be_two_numbers_is_refused_with_an_example(typed: str, unit: str) -> None:
    with pytest.raises(Invalid, match=r"two different numbers.*1500.*1\.5") as refused:
        read_number(typed, unit=unit, field="target")
    assert refused.value.field == "target"


NO_NUMBERS = (
    *(
        "",
        " ",
        "-",
        "k",
        "many",
        "1e3",
        "1/2",
        "½",
        "5²",
        "5-6",
        "--5",
        "5.",
        "5m",
        "5 apples",
        "NaN",
        "Infinity",
    ),
    *("0x10", "1_000", "12 5", "1 5000", "1\n500", "1.5.5", "1,5,000", "1.500,000,5", "1'500 000", "0" * 81),
)


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Invalid, match="such as 1500") as refused:
        read_number(typed, field="current")
    assert refused.value.field == "current"


def test_a_percentage_of_what_is_not_counted_in_percent_is_refused() -> None:
    with pytest.raises(Invalid, match="not counted in %"):
        read_number("12 %", unit="customers")


@pytest.mark.parametrize("typed", ["1" * 16, "0.1234567890123456", "10000000000000k"])
def test_more_digits_than_can_be_kept_are_refused_not_rounded(typed: str) -> None:
    with pytest.raises(Invalid, match="at most 15 digits"):
        read_number(typed)


@given(st.text(), units)
def test_any_text_is_read_or_refused(text: str, unit: str) -> None:
    try:
        assert isfinite(read_number(text, unit=unit))
    except Invalid as refused:
        assert text not in refused.sentence or len(text) < 12  # nothing typed is repeated: errors are logged


@given(numbers, units)
def test_what_is_shown_can_be_typed_again(number: float, unit: str) -> None:
    assert read_number(show_number(number, unit), unit=unit) == number


@given(numbers)
def test_what_is_written_to_a_file_is_read_back_by_people_and_by_programs(number: float) -> None:
    assert read_number(plain_number(number)) == float(plain_number(number)) == number


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"), units)
def test_one_mark_before_three_digits_is_never_guessed(whole: int, part: int, mark: str, unit: str) -> None:
    with pytest.raises(Invalid):
        read_number(f"{whole}{mark}{part:03} {unit}", unit=unit)


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([(".", ","), (",", "."), (" ", ","), (" ", "."), ("'", ".")]),
)
def test_every_country_s_way_of_writing_is_one_number(number: Decimal, marks: tuple[str, str]) -> None:
    thousands, decimal = marks
    written = f"{number:,.2f}".translate({ord(","): thousands, ord("."): decimal})
    assert read_number(written) == float(number)


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        ("12", "%", "12 %"),
        ("1500", "€", "1 500 €"),
        ("25000", "", "25k"),
        ("12500", "", "12.5k"),
        ("1500000", "€", "1.5M €"),
        ("1234567", "", "1 234 567"),
        ("-3.10", "", "−3.1"),
        ("1.234", "", "1.2340"),
        ("0", "", "0"),
    ],
)
def test_a_number_is_shown_shortly(number: str, unit: str, shown: str) -> None:
    assert show_number(float(number), unit).translate({0x202F: " ", 0xA0: " "}) == shown


@pytest.mark.parametrize("unit", ["k", "M", "100", "5 apples", "-", "customers.", "x" * 33])
def test_a_unit_that_could_be_taken_for_a_number_is_refused(unit: str) -> None:
    with pytest.raises(Invalid, match="such as") as refused:
        read_unit(unit, field="unit")
    assert refused.value.field == "unit"


@given(st.text(max_size=20), numbers)
def test_with_every_unit_that_is_taken_numbers_are_read(text: str, number: float) -> None:
    try:
        unit = read_unit(text)
    except Invalid:
        return
    assert read_number(show_number(number, unit), unit=unit) == number
