"""How many are too many to be removed without a question."""

MANY = 20


def are_many(count: int, total: int) -> bool:
    """More than 20, and more than one in twenty?"""
    return count > max(MANY, total // 20)
