"""What this program writes as Word documents, it reads back."""

from pathlib import Path

from campaign.report.documents import write_report
from campaign.word.converter import convert
from tests.rigs.outcomes import outcome


def test_our_own_report_comes_back_whole(tmp_path: Path) -> None:
    found, pictures = convert(write_report(outcome(tmp_path), with_chart=True))

    assert found.loss.kept == 100
    assert (found.fields.kind, found.fields.number, found.fields.issued_on) == ("Báo cáo", "", None)
    assert (found.fields.superior, found.fields.issuer) == ("UBND TỈNH SƠN LA", "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    assert (found.fields.signer, found.fields.position) == ("", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC")
    assert "## II. KẾT QUẢ" in found.text
    assert "| **STT** |" in found.text
    assert len(pictures) == len(found.pictures) > 0
