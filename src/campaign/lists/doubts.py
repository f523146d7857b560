"""What is doubtful about a list by itself, before it is compared with the roster."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from campaign.core.people.roster_doubts import Doubt
from campaign.core.people.unit_names import to_unit_key
from campaign.lists.cells import doubt_code
from campaign.lists.findings import Place, format_places
from campaign.lists.members import Person

PEOPLE_NAMED = 5


def doubt_people(people: Sequence[Person]) -> Iterator[Doubt]:
    """Give what is doubtful about the people of a list: their codes, addresses and units."""
    yield from _doubt_codes(people)
    yield from _doubt_shared_addresses(people)
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    units = {to_unit_key(person.member.unit) for person in people}
    for person in people:
        group = person.group_unit
        if group and to_unit_key(group) != to_unit_key(person.member.unit) and to_unit_key(group) in units:
            groups[group, person.member.unit].append(person.place)
    for (group, unit), places in groups.items():
        problem = f"{format_places(places)} ở nhóm “{group}” nhưng cột Đơn vị ghi “{unit}”."
        remedy = "Mỗi người được tính theo cột Đơn vị; nếu không đúng thì sửa ô ấy trong tệp."
        yield Doubt(None, problem[0].upper() + problem[1:], remedy)


def _doubt_codes(people: Sequence[Person]) -> Iterator[Doubt]:
    remedy = "Nếu mã đã bị Excel đổi thì định dạng cột Mã là Văn bản (Text) rồi nhập lại mã."
    odd: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if why := doubt_code(person.member.staff_code):
            odd[why].append(person)
    for why, owners in odd.items():
        yield Doubt(None, f"{len(owners)} mã {why}: {_name_people(owners)}.", remedy)
    numbers = [person for person in people if person.member.staff_code.isdecimal()]
    lengths = Counter(len(person.member.staff_code) for person in numbers if person.member.staff_code.startswith("0"))
    length = max(lengths, key=lengths.__getitem__, default=0)
    short = [person for person in numbers if len(person.member.staff_code) < length]
    if short:
        told = f"{len(short)} mã ngắn hơn {length} chữ số như các mã khác, có thể đã mất số 0 ở đầu"
        yield Doubt(None, f"{told}: {_name_people(short)}.", remedy)


def _doubt_shared_addresses(people: Sequence[Person]) -> Iterator[Doubt]:
    shared: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.member.email:
            shared[person.member.email.lower()].append(person)
    for address, owners in shared.items():
        if len(owners) > 1:
            problem = f"{len(owners)} người chung địa chỉ “{address}”: {_name_people(owners)}."
            remedy = "Thư nhắc người này đến tay người kia: để mỗi người một địa chỉ, hoặc để trống."
            yield Doubt(None, problem, remedy)


def _name_people(people: Sequence[Person]) -> str:
    named = ", ".join(f"{person.member.name} ({person.member.staff_code})" for person in people[:PEOPLE_NAMED])
    return f"{named}, …" if len(people) > PEOPLE_NAMED else named


def doubt_rows(title: str, question: str, places: Sequence[Place], people: Iterable[Person]) -> Doubt:
    """Give the doubt about rows that are shown in another way than others.

    Args:
        title: How they are shown.
        question: What to ask.
        places: The rows.
        people: Everyone on the list.
    """
    codes = {person.place: person.member.staff_code or person.member.name for person in people}
    named = ", ".join(f"{place}: {codes[place]}" if place in codes else str(place) for place in places[:PEOPLE_NAMED])
    more = ", …" if len(places) > PEOPLE_NAMED else ""
    remedy = "Nếu không tính thì xoá khỏi tệp, hoặc chọn bỏ ở trang xem trước."
    return Doubt(None, f"{len(places)} dòng {title} ({named}{more}). {question}", remedy)
