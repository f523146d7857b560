"""The whole way from a document's bytes to what an editor is asked to confirm."""

from campaign.word.conversion import Conversion, FoundFields
from campaign.word.loss import measure_loss
from campaign.word.official.letterhead import read_letterhead
from campaign.word.official.lines import read_lines
from campaign.word.official.signature import read_signature
from campaign.word.post_file import fit_fields
from campaign.word.reading.archive import Archive
from campaign.word.reading.document import paragraphs_of
from campaign.word.reading.reader import read_document
from campaign.word.writing.markdown import write_markdown


def convert(data: bytes) -> tuple[Conversion, dict[str, bytes]]:
    """Convert a document.

    Returns:
        The conversion, and its pictures by name.

    Raises:
        CampaignError: Why the document is refused.
    """
    document = read_document(Archive(data))
    lines = list(read_lines(document.blocks))
    head = read_letterhead(lines)
    end = read_signature(lines[head.last_line + 1 :])
    plain = frozenset(line.text for line in lines[: head.last_line + 1]) | {end.signer, *end.position.split(", ")}
    text = write_markdown(document, plain)
    holders = (document.blocks, *document.notes)
    labels = [paragraph.label for blocks in holders for paragraph in paragraphs_of(blocks) if paragraph.label]
    loss = measure_loss([*document.texts, *labels], text, document.left_out, document.lost)
    fields, remarks = fit_fields(
        FoundFields(
            kind=head.kind, number=head.number, issued_on=head.issued_on, superior=head.superior, issuer=head.issuer,
            subject=head.subject, signer=end.signer, position=end.position, recipients=end.recipients,
        )
    )  # fmt: skip
    return Conversion(fields, text, loss, tuple(document.pictures), document.remarks + remarks), document.pictures
