"""The rows of one product, brought together: a table has one for each image.

Of what differs, the last that is not empty wins, and that is told.
"""

from collections.abc import Sequence

from bridge_app.domain.product_feed import Fault, Finding, MediaLink, Product
from bridge_app.domain.product_feed_rows import Row


def product_of(rows: Sequence[Row], *, is_whole: bool) -> tuple[Product, tuple[Finding, ...]]:
    """The product that rows of one key tell of, in their order, and what is worth a word.

    A deletion among them counts if it is the last. `is_whole` says that none was rejected.
    """
    last = rows[-1]
    updated_at = max(row.updated_at for row in rows)
    if last.is_deletion:
        return Product(key=last.key, updated_at=updated_at, is_deleted=True), ()
    told: dict[str, object] = {}
    links: list[tuple[int, MediaLink]] = []
    warnings: list[Finding] = []
    speaks_of_links = False
    for row in rows:
        if row.is_deletion:
            told, links = {}, []
            continue
        warnings += row.warnings
        for name, value in row.told.items():
            if name in told and told[name] != value:
                warnings.append(_finding(row, Fault.DIFFERING, name, value))
            told[name] = value
        if row.links is not None:
            speaks_of_links = True
            links += ((row.line, link) for link in row.links)
    if len(rows) > 1 and not speaks_of_links:
        warnings.append(_finding(last, Fault.DUPLICATE, "sku", last.key.sku))
    placed = _placed(rows, links, warnings) if speaks_of_links else None
    product = Product(
        key=last.key, updated_at=updated_at, told=told, links=placed, is_whole=is_whole
    )
    return product, tuple(warnings)


def _placed(
    rows: Sequence[Row], links: list[tuple[int, MediaLink]], warnings: list[Finding]
) -> tuple[MediaLink, ...]:
    """Each place once; what names no position gets the next one of its slot."""
    key = rows[-1].key
    found: dict[tuple[str, int], MediaLink] = {}
    for line, link in links:
        if link.position is None:
            continue
        place = (link.slot, link.position)
        if place in found and found[place] != link:
            value = f"{link.slot} {link.position}"
            warnings.append(
                Finding(line=line, code=Fault.DUPLICATE, sku=key.sku, field="position", value=value)
            )
        found[place] = link
    for _, link in links:
        if link.position is not None:
            continue
        taken = [position for slot, position in found if slot == link.slot]
        position = max(taken, default=-1) + 1
        if all(there.ref != link.ref for (slot, _), there in found.items() if slot == link.slot):
            found[link.slot, position] = link._replace(position=position)
    return tuple(found[place] for place in sorted(found))


def _finding(row: Row, code: Fault, name: str, value: object) -> Finding:
    return Finding(line=row.line, code=code, sku=row.key.sku, field=name, value=str(value))
