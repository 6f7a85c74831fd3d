"""Delegates: paint one row of a model. No decisions."""
