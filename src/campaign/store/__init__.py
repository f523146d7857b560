"""The ledger and its projections in SQL. The only place that knows SQLAlchemy."""
