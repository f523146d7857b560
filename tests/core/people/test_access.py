import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.people.access import AccessSlip, to_access_code, to_staff_code

codes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=8, max_size=8)


@given(code=codes)
def test_a_code_is_read_back_from_the_slip_as_printed(code: str) -> None:
    slip = AccessSlip(token="khoá", access_code=code)

    assert to_access_code(slip.spaced_code) == code


@given(code=codes)
def test_case_spaces_and_hyphens_do_not_matter(code: str) -> None:
    assert to_access_code(f"  {code[:2].lower()} - {code[2:].lower()}\t") == code


def test_digits_that_base32_lacks_are_read_as_the_letters_they_resemble() -> None:
    assert to_access_code("0182-018o") == "OIB2OIBO"


def test_the_code_is_printed_in_two_groups() -> None:
    assert AccessSlip(token="khoá", access_code="ABCD2345").spaced_code == "ABCD-2345"


@pytest.mark.parametrize("typed", ["skhcn-031", " SKHCN-031 ", "Skhcn - 031", "SKHCN-031\n"])
def test_a_staff_code_has_one_form_however_it_is_typed(typed: str) -> None:
    assert to_staff_code(typed) == "SKHCN-031"


def test_a_staff_code_with_marks_is_the_same_in_both_unicode_forms() -> None:
    assert to_staff_code(unicodedata.normalize("NFD", "đơn-vị-01")) == "ĐƠN-VỊ-01"
