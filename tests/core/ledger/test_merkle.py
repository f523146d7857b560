"""The published reference tree of RFC 6962, which RFC 9162 keeps, then properties of any tree."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.ledger.merkle import (
    EMPTY_ROOT,
    NodeReader,
    consistency_proof,
    grow,
    hash_leaf,
    hash_pair,
    inclusion_proof,
    root_at,
    root_of_frontier,
    verify_consistency,
    verify_inclusion,
)

DATA = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]


def reader_of(leaves: Sequence[bytes]) -> NodeReader:
    """Read the hashes of complete subtrees from what ``grow`` made, and refuse a subtree that is not complete."""
    nodes = {(0, position): leaf for position, leaf in enumerate(leaves)}
    nodes |= {(node.level, node.position): node.hash for node in grow(0, (), leaves)[1]}
    return lambda level, position: nodes[level, position]


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """Compute MTH as section 2.1.1 of the RFC defines it, by recursion."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY_ROOT
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return hash_pair(naive_root(leaves[:middle]), naive_root(leaves[middle:]))


def flip(value: bytes, bit: int) -> bytes:
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)


REFERENCE = [hash_leaf(bytes.fromhex(data)) for data in DATA]
MANY = [hash_leaf(b"%d" % number) for number in range(64)]

trees = st.lists(st.binary(max_size=4).map(hash_leaf), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(9))
def test_root_is_the_published_one(size: int) -> None:
    frontier, _ = grow(0, (), REFERENCE[:size])

    assert root_at(size, reader_of(REFERENCE)).hex() == ROOTS[size]
    assert root_of_frontier(frontier).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proof_is_the_published_one(index: int, size: int, proof: list[str]) -> None:
    made = inclusion_proof(index, size, reader_of(REFERENCE))

    assert [part.hex() for part in made] == proof
    assert verify_inclusion(REFERENCE[index], index, size, made, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_consistency_proof_is_the_published_one(old: int, new: int, proof: list[str]) -> None:
    made = consistency_proof(old, new, reader_of(REFERENCE))

    assert [part.hex() for part in made] == proof
    assert verify_consistency(old, bytes.fromhex(ROOTS[old]), new, bytes.fromhex(ROOTS[new]), made)


@given(leaves=trees, data=st.data())
def test_growing_in_batches_gives_the_root_of_the_definition(leaves: list[bytes], data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(leaves)), max_size=4)))
    frontier: tuple[bytes, ...] = ()
    made = []

    for start, end in zip([0, *cuts], [*cuts, len(leaves)], strict=True):
        frontier, nodes = grow(start, frontier, leaves[start:end])
        made += nodes

    assert root_of_frontier(frontier) == root_at(len(leaves), reader_of(leaves)) == naive_root(leaves)
    assert made == grow(0, (), leaves)[1]


@given(leaves=trees, data=st.data())
def test_every_inclusion_proof_verifies(leaves: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))

    proof = inclusion_proof(index, size, reader_of(leaves))

    assert verify_inclusion(leaves[index], index, size, proof, naive_root(leaves[:size]))


@given(size=st.integers(2, 64), data=st.data())
def test_a_changed_bit_breaks_an_inclusion_proof(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    bit = data.draw(st.integers(0, 255))
    proof = inclusion_proof(index, size, reader_of(MANY))
    root = naive_root(MANY[:size])
    part = data.draw(st.integers(0, len(proof) - 1))
    bent = (*proof[:part], flip(proof[part], bit), *proof[part + 1 :])

    assert not verify_inclusion(flip(MANY[index], bit), index, size, proof, root)
    assert not verify_inclusion(MANY[index], index, size, bent, root)
    assert not verify_inclusion(MANY[index], index, size, proof, flip(root, bit))


@given(size=st.integers(2, 64), data=st.data())
def test_an_inclusion_proof_holds_for_its_own_place_and_length_only(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    proof = inclusion_proof(index, size, reader_of(MANY))
    root = naive_root(MANY[:size])

    assert not verify_inclusion(MANY[index], other, size, proof, root)
    assert not verify_inclusion(MANY[index], index, size, proof[:-1], root)
    assert not verify_inclusion(MANY[index], index, size, (*proof, MANY[0]), root)


def test_a_proof_that_ends_below_the_root_is_refused() -> None:
    proof = inclusion_proof(0, 8, reader_of(MANY))

    assert not verify_inclusion(MANY[0], 0, 8, proof[:2], naive_root(MANY[:4]))


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"leaf {index} is not in a tree of {size}"):
        inclusion_proof(index, size, reader_of(MANY))

    assert not verify_inclusion(MANY[0], index, size, (), MANY[0])


def test_every_tree_up_to_64_is_shown_to_begin_with_every_smaller_one() -> None:
    read = reader_of(MANY)
    roots = [naive_root(MANY[:size]) for size in range(65)]

    unproved = [
        (old, new)
        for new in range(1, 65)
        for old in range(1, new + 1)
        if not verify_consistency(old, roots[old], new, roots[new], consistency_proof(old, new, read))
    ]

    assert unproved == []


@given(new=st.integers(2, 64), data=st.data())
def test_a_changed_bit_breaks_a_consistency_proof(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new - 1))
    bit = data.draw(st.integers(0, 255))
    proof = consistency_proof(old, new, reader_of(MANY))
    old_root, new_root = naive_root(MANY[:old]), naive_root(MANY[:new])
    part = data.draw(st.integers(0, len(proof) - 1))
    bent = (*proof[:part], flip(proof[part], bit), *proof[part + 1 :])

    assert not verify_consistency(old, flip(old_root, bit), new, new_root, proof)
    assert not verify_consistency(old, old_root, new, flip(new_root, bit), proof)
    assert not verify_consistency(old, old_root, new, new_root, bent)


@given(new=st.integers(2, 64), data=st.data())
def test_a_rewritten_beginning_has_no_consistency_proof(new: int, data: st.DataObject) -> None:
    """Whoever rewrites an old entry cannot make a proof from the rewritten tree to the root that was handed out."""
    old = data.draw(st.integers(1, new - 1))
    rewritten = data.draw(st.integers(0, old - 1))
    leaves = [*MANY[:rewritten], hash_leaf(b"another"), *MANY[rewritten + 1 : new]]

    proof = consistency_proof(old, new, reader_of(leaves))

    assert not verify_consistency(old, naive_root(MANY[:old]), new, naive_root(leaves), proof)


def test_a_tree_is_consistent_with_itself_by_an_empty_proof_only() -> None:
    root = naive_root(MANY[:5])

    assert verify_consistency(5, root, 5, root, ())
    assert not verify_consistency(5, root, 5, root, (MANY[0],))
    assert not verify_consistency(5, root, 5, flip(root, 0), ())


@pytest.mark.parametrize("proof", [(), (MANY[0],) * 9])
def test_a_consistency_proof_of_the_wrong_length_is_refused(proof: tuple[bytes, ...]) -> None:
    assert not verify_consistency(3, naive_root(MANY[:3]), 7, naive_root(MANY[:7]), proof)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_only_a_smaller_tree_can_be_the_beginning(old: int, new: int) -> None:
    with pytest.raises(ValueError, match=f"a tree of {old} is not the beginning of a tree of {new}"):
        consistency_proof(old, new, reader_of(MANY))

    assert not verify_consistency(old, EMPTY_ROOT, new, naive_root(MANY[:new]), ())


def test_a_leaf_cannot_pass_as_an_inner_node() -> None:
    left, right = MANY[:2]

    assert hash_leaf(left + right) != hash_pair(left, right)
