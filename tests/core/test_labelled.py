"""Values that carry their words: the ledger's values never change, and none is without words."""

import json
import pickle
import pkgutil
from importlib import import_module

import pytest

from campaign import core
from campaign.core.labelled import Labelled

VALUES = {
    "Approval": "one_person two_persons",
    "Category": "civil_servant public_employee worker",
    "CaseKind": "exemption extension leave",
    "Change": "first correction replacement",
    "Channel": "website document_system",
    "DraftState": "draft submitted returned approved published",
    "ErasureReason": "request mistake expired",
    "Kind": "campaign_opened campaign_declared department_declared unit_added unit_changed unit_change_withdrawn "
    "roster_changed member_joined member_changed "
    "member_left revision_published confirmation exemption extension leave sheet_printed withdrawal dispatch "
    "dispatch_withdrawn reminder seen_listed draft_submitted draft_returned draft_approved draft_published post_closed "
    "slips_issued key_rotated key_revoked personal_rectified "
    "personal_erased",
    "Means": "mail outbox",
    "Method": "web paper on_behalf",
    "PublishingState": "waiting running done failed",
    "Role": "member office unit_head auditor editor",
    "RosterRule": "following fixed",
    "State": "on_time late outstanding exempt",
    "WayIn": "slip_code slip_qr oidc proxy mail passphrase passkey",
}
"""What stands in ledgers and databases that exist, or in answers to programs."""

for module in pkgutil.iter_modules(core.__path__):
    import_module(f"campaign.core.{module.name}")
LABELLED = Labelled.__subclasses__()


def test_the_values_are_those_of_the_ledger() -> None:
    assert {kind.__name__: " ".join(kind) for kind in LABELLED} == VALUES


@pytest.mark.parametrize("kind", LABELLED, ids=lambda kind: kind.__name__)
def test_each_member_has_a_label_of_its_own(kind: type[Labelled]) -> None:
    labels = {member.label for member in kind}

    assert len(labels) == len(kind)
    assert all(labels)


@pytest.mark.parametrize("kind", LABELLED, ids=lambda kind: kind.__name__)
def test_a_member_is_its_value_wherever_it_goes(kind: type[Labelled]) -> None:
    for member in kind:
        assert kind(member.value) is member
        assert f"{member}" == member == member.value
        assert json.dumps(member) == f'"{member.value}"'
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - just made
