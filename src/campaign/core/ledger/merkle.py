"""The Merkle tree of RFC 9162 (Certificate Transparency 2.0), section 2.1, over SHA-256.

A reader of the tree gives the hash of any *complete* subtree: ``read(level, position)`` covers the leaves
``position * 2**level`` up to ``(position + 1) * 2**level``. So roots and proofs take a logarithmic number of reads,
from wherever the hashes are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

NodeReader = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()


@dataclass(frozen=True, slots=True)
class Node:
    """The hash of a complete subtree of ``2**level`` leaves, the *position*-th of its size from the left."""

    level: int
    position: int
    hash: bytes


def hash_leaf(data: bytes) -> bytes:
    """Return the leaf hash of *data*: the prefix 0x00 keeps a leaf from passing as an inner node."""
    return sha256(b"\x00" + data).digest()


def hash_pair(left: bytes, right: bytes) -> bytes:
    """Return the hash of the inner node above *left* and *right*."""
    return sha256(b"\x01" + left + right).digest()


def grow(size: int, frontier: Sequence[bytes], leaves: Iterable[bytes]) -> tuple[tuple[bytes, ...], list[Node]]:
    """Append leaf hashes to a tree of *size* leaves.

    Args:
        size: The number of leaves so far.
        frontier: The roots of the complete subtrees that make up the tree, from left (largest) to right.
        leaves: The leaf hashes to append.

    Returns:
        The new frontier, and every inner node that became complete, in the order of their making.
    """
    peaks = list(frontier)
    made: list[Node] = []
    for leaf in leaves:
        peak, level = leaf, 0
        while size >> level & 1:
            level += 1
            peak = hash_pair(peaks.pop(), peak)
            made.append(Node(level, size >> level, peak))
        peaks.append(peak)
        size += 1
    return tuple(peaks), made


def root_of_frontier(frontier: Sequence[bytes]) -> bytes:
    """Return the root hash of the tree whose complete subtrees have the roots *frontier*."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for peak in reversed(frontier[:-1]):
        root = hash_pair(peak, root)
    return root


def root_at(size: int, read: NodeReader) -> bytes:
    """Return the root hash of the first *size* leaves."""
    return _subtree(0, size, read) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return the audit path of leaf *index* (from 0) in the tree of *size* leaves (section 2.1.3.1)."""
    if not 0 <= index < size:
        message = f"leaf {index} is not in a tree of {size}"
        raise ValueError(message)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_subtree(middle, end, read))
            end = middle
        else:
            path.append(_subtree(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return the proof that the tree of *old* leaves is the beginning of the tree of *new* ones (section 2.1.4.1)."""
    if not 0 < old <= new:
        message = f"a tree of {old} is not the beginning of a tree of {new}"
        raise ValueError(message)
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old - start != end - start:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_subtree(middle, end, read))
            end = middle
        else:
            path.append(_subtree(start, middle, read))
            start, whole = middle, False
    if not whole:
        path.append(_subtree(start, end, read))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Say whether *proof* shows that the leaf hash *leaf* is number *index* under *root* (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, result = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = hash_pair(sibling, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = hash_pair(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether *proof* shows that the tree under *old_root* is the beginning of that under *new_root* (2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new or not proof:
        return old == new and not proof and old_root == new_root
    hashes = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    from_old = from_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            from_old, from_new = hash_pair(sibling, from_old), hash_pair(sibling, from_new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            from_new = hash_pair(from_new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and from_old == old_root and from_new == new_root


def _split(count: int) -> int:
    """Return the largest power of two below *count*."""
    return 1 << (count - 1).bit_length() - 1


def _subtree(start: int, end: int, read: NodeReader) -> bytes:
    """Return the hash over the leaves from *start* up to *end*; *start* is where a subtree of that size may begin."""
    count = end - start
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return read(level, start >> level)
    middle = start + _split(count)
    return hash_pair(_subtree(start, middle, read), _subtree(middle, end, read))
