"""What the Office types in of a dispatch."""

import unicodedata
from datetime import date

import pytest

from campaign.core.dispatch import Channel, Dispatch, read_dispatch
from campaign.errors.dispatch import DispatchValueError


def test_a_typed_dispatch_is_trimmed_and_nfc() -> None:
    recipients = unicodedata.normalize("NFD", " các phòng,  đơn vị ")

    found = read_dispatch("document_system", "27/10/2025", " 45/SKHCN-VP ", recipients)

    assert found == Dispatch(Channel.DOCUMENT_SYSTEM, date(2025, 10, 27), "45/SKHCN-VP", "các phòng, đơn vị")
    assert found.format() == "số 45/SKHCN-VP, ngày 27/10/2025, gửi các phòng, đơn vị"


def test_number_and_recipients_may_be_missing() -> None:
    assert read_dispatch("website", "2025-10-27", "", "").format() == "ngày 27/10/2025"


@pytest.mark.parametrize(
    "typed",
    [
        ("", "27/10/2025", "", ""),
        ("e-mail", "27/10/2025", "", ""),
        ("website", "", "", ""),
        ("website", "31/02/2025", "", ""),
        ("website", "27/10/2025", "4" * 31, ""),
        ("website", "27/10/2025", "", "đ" * 201),
    ],
)
def test_what_cannot_be_recorded_is_told(typed: tuple[str, str, str, str]) -> None:
    with pytest.raises(DispatchValueError, match="Chưa ghi được"):
        read_dispatch(*typed)
