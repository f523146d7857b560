"""What a verifier says: right, wrong, or consistent with nobody vouching for it all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from campaign.core.clock import format_instant
from campaign.core.ledger.keyring import Sealed
from campaign.core.ledger.policy import Policy


class Answer(IntEnum):
    """What a verifier says; the number is the exit code of its command."""

    RIGHT = 0
    WRONG = 1
    UNVOUCHED = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit found.

    Attributes:
        findings: What is wrong, in Vietnamese, a line each.
        size: How many entries there are.
        sealed: The largest checkpoint that the entries agree with and that the policy vouches for, or nothing.
        policy: Whom the verifier trusts, or nothing.
        unwitnessed: A larger checkpoint that the ledger's key signed and too few witnesses cosigned, or nothing.
        last_at: When the last entry was received; nothing in an empty ledger.
    """

    findings: tuple[str, ...]
    size: int
    sealed: Sealed | None
    policy: Policy | None
    last_at: datetime | None
    unwitnessed: Sealed | None = None

    @property
    def vouched(self) -> int:
        """Up to which entry a signature reaches."""
        return self.sealed.checkpoint.size if self.sealed else 0

    @property
    def answer(self) -> Answer:
        """Right, wrong, or consistent with nobody vouching for it all."""
        if self.findings:
            return Answer.WRONG
        return Answer.RIGHT if self.sealed and self.vouched == self.size else Answer.UNVOUCHED

    def to_lines(self) -> Iterator[str]:
        """Word the answer in Vietnamese: a sentence, and what to do."""
        if self.findings:
            yield f"KHÔNG đúng: tìm thấy {len(self.findings)} điểm sai trong {self.size} dòng ghi."
            yield from (f"- {finding}" for finding in self.findings)
            return
        if self.answer is Answer.RIGHT:
            yield f"Đúng: {self.size} dòng ghi, mốc đã ký đến dòng {self.vouched}."
        elif self.policy is None:
            yield f"Nhất quán, nhưng chưa biết của ai: {self.size} dòng ghi, không có khoá công khai để đối chiếu."
            yield "Chạy lại với --key và khoá công khai in trên báo cáo hoặc lấy ở trang kiểm chứng của cơ quan."
        elif self.sealed is None:
            yield f"Nhất quán, nhưng chưa ai bảo đảm: {self.size} dòng ghi, không có mốc nào đã ký bằng khoá này."
        else:
            beyond = self.size - self.vouched
            which = f"dòng {self.size}" if beyond == 1 else f"dòng {self.vouched + 1} đến {self.size}"
            yield (
                f"Nhất quán, nhưng chưa ai bảo đảm hết: đến dòng {self.vouched} có mốc đã ký; "
                f"{beyond} dòng sau mốc {self.vouched} không có mốc nào đã ký ({which})."
            )
        yield from self._vouching_lines()

    def _vouching_lines(self) -> Iterator[str]:
        if self.last_at is not None:
            yield f"Dòng ghi cuối: {format_instant(self.last_at)} (giờ Việt Nam)."
        if self.unwitnessed is not None:
            yield f"Mốc {self.unwitnessed.checkpoint.size} có chữ ký của sổ nhưng chưa đủ nhân chứng cùng ký."
        if self.sealed is None or self.policy is None:
            return
        at = f", ký lúc {format_instant(self.sealed.at)} (giờ Việt Nam)" if self.sealed.at else ""
        yield f"Mốc mới nhất: {self.vouched} dòng ghi{at}. Hãy so với mốc in trên báo cáo hoặc cất ở nơi khác."
        yield f"Khoá công khai: {self.policy.trusted}"
        if self.sealed.verifier != self.policy.trusted:
            yield f"Mốc ấy do khoá khác của sổ ký, khoá đã nêu bảo đảm cho khoá đó: {self.sealed.verifier}"
        if self.sealed.witnesses:
            yield f"Nhân chứng cùng ký: {', '.join(self.sealed.witnesses)}."
