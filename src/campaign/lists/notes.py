"""What is told about one table: which columns and rows were read, which were not, and what is odd about them."""

from collections.abc import Iterator, Sequence

from campaign.core.legacy import Encoding
from campaign.core.people.roster_doubts import Doubt
from campaign.lists.cells import Conversion
from campaign.lists.findings import Place, format_places
from campaign.lists.headings import Column
from campaign.lists.layout import Layout, Rest
from campaign.lists.sheets import column_name
from campaign.lists.tables import Table

LONGEST_TEXT = 60
BODIES_NAMED = 3
_FONTS = {Encoding.TCVN3: "TCVN3 (.VnTime)", Encoding.VNI: "VNI"}


def note_table(table: Table, layout: Layout) -> Iterator[str]:
    """Say which columns were read and which rows were left out."""
    read = {column: at for column, at in table.places.items() if column is not Column.ORDINAL}
    columns = ", ".join(f"{column} = “{table.name_of(at)}”" for column, at in read.items())
    if any(table.name_of(at) != column for column, at in read.items()):
        yield f"Cột được đọc: {columns}."
    filled = {at for row in table.sheet.rows[table.body :] for at, cell in enumerate(row) if cell}
    unread = ", ".join(f"“{table.name_of(at)}”" for at in sorted(filled - table.taken))
    if unread:
        yield f"Cột không đọc: {unread}."
    for rest in Rest:
        rows = [left for left in layout.left if left.rest is rest]
        if rows:
            text = rows[0].text[:LONGEST_TEXT]
            places = format_places([Place("", left.row + 1) for left in rows])
            yield f"Không đọc {places}, là {rest}: “{text}”{', …' if len(rows) > 1 else ''}"
    if Column.UNIT not in table.places and any(line.group_unit for line in layout.lines):
        yield "Không có cột Đơn vị: đơn vị được lấy từ các dòng nhóm."


def doubt_table(table: Table, layout: Layout, conversions: Sequence[Conversion]) -> Iterator[Doubt]:
    """Give what is doubtful about a table."""
    for total in layout.totals:
        if total.stated not in total.read:
            problem = f"Dòng {total.row + 1} ghi {total.stated} người, nhưng đọc được {max(total.read)} người ở trên."
            yield Doubt(None, problem, "Kiểm tra có người nào bị sót hoặc ghi hai lần không.")
    if table.upper is not None:
        bodies = list(dict.fromkeys(filter(None, (table.cell(line.row, table.upper) for line in layout.lines))))
        named = ", ".join(bodies[:BODIES_NAMED]) + (", …" if len(bodies) > BODIES_NAMED else "")
        unit = table.name_of(table.places[Column.UNIT])
        problem = f"Cột “{unit}” là đơn vị; cột “{table.name_of(table.upper)}” ({named}) là cấp trên."
        yield Doubt(None, problem, "Nếu không đúng thì chọn lại cột Đơn vị ở trang xem trước.")
    if table.name_tail is not None:
        first, second = (column_name(at) for at in (table.places[Column.NAME], table.name_tail))
        problem = f"Họ và tên được ghép từ hai cột {first} và {second}."
        yield Doubt(None, problem, "Nếu không đúng thì sửa tiêu đề trong tệp.")
    for conversion in conversions:
        told = f"{conversion.cells} ô viết bằng phông {_FONTS[conversion.encoding]}, đã chuyển sang Unicode"
        example = f"“{conversion.example}” thành “{conversion.meant}”"
        problem = f"Cột “{table.name_of(conversion.place)}”: {told}, ví dụ {example}."
        yield Doubt(None, problem, "Nếu chữ không đúng thì sửa trong tệp rồi nhập lại.")
    hidden = [table.name_of(at) for at in table.places.values() if at in table.sheet.hidden_columns]
    if hidden:
        named = ", ".join(f"“{heading}”" for heading in hidden)
        yield Doubt(None, f"Cột {named} đang ẩn trong tệp nhưng vẫn được đọc.", "Xem lại cột ấy trong tệp.")
