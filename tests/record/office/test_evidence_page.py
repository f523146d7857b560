"""What an auditor sees and takes away."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from campaign.core.people.access import Role
from campaign.record.web.admission import PROOF_LASTS
from tests.rigs.recorder import Desk

BUNDLE = "/van-phong/so/bang-chung"


def test_an_auditor_sees_how_far_the_ledger_reaches(desk: Desk) -> None:
    page = desk.staff(Role.AUDITOR).get("/van-phong/so").text

    assert f"{desk.entries()} dòng ghi" in page
    assert str(desk.recorder.key.verifier) in page
    assert "example.vn/so-ghi-nhan" in page


def test_the_bundle_verifies_on_another_machine(desk: Desk, tmp_path: Path) -> None:
    desk.reader().submit("/xac-nhan/thong-bao-485")
    before = set(Path(tempfile.gettempdir()).glob("bang-chung-*"))

    response = desk.staff(Role.AUDITOR).submit(BUNDLE, page="/van-phong/so")

    assert response.headers["content-disposition"] == 'attachment; filename="bang-chung-2025-10-01.zip"'
    assert set(Path(tempfile.gettempdir()).glob("bang-chung-*")) <= before
    bundle, verifier = tmp_path / "gói.zip", tmp_path / "verify.pyz"
    bundle.write_bytes(response.content)
    verifier.write_bytes(desk.visitor().get("/kiem-chung/verify.pyz").content)
    command = [sys.executable, "-I", str(verifier), str(bundle), "--key", str(desk.recorder.key.verifier)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_office_gets_names_and_only_when_it_asks(desk: Desk) -> None:
    desk.reader().submit("/xac-nhan/thong-bao-485")
    for role, asked, named in (
        (Role.AUDITOR, {}, False),
        (Role.AUDITOR, {"ten": "co"}, False),
        (Role.OFFICE, {}, False),
        (Role.OFFICE, {"ten": "co"}, True),
    ):
        content = desk.staff(role).submit(BUNDLE, page="/van-phong/so", **asked).content

        with ZipFile(io.BytesIO(content)) as bundle:
            text = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
        assert ("Nguyễn Văn An" in text) == named


def test_the_bundle_asks_for_proof_because_it_has_names(desk: Desk) -> None:
    auditor = desk.staff(Role.AUDITOR)
    desk.clock.now += PROOF_LASTS

    sent_from = {"Referer": f"{auditor.address}/van-phong/so"}
    response = auditor.send(BUNDLE, auditor.hidden("/van-phong/so"), **sent_from)

    assert response.status_code == 403
    assert "/van-phong/xac-minh?tiep=%2Fvan-phong%2Fso&#34;" in response.text.replace('"', "&#34;")
