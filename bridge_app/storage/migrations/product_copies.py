"""The statements of the ledger's step that knows which images were delivered for products alone."""

STATEMENTS = (
    """
    CREATE TABLE feed_copy (
        environment TEXT NOT NULL,
        asset TEXT NOT NULL,
        feed TEXT NOT NULL,
        sku TEXT NOT NULL,
        market TEXT NOT NULL,
        language TEXT NOT NULL,
        PRIMARY KEY (environment, asset, feed, sku, market, language)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX placement_by_place ON placement (environment, public_id)",
    # Of what went out before, only what the list of jobs still proves.
    """
    INSERT INTO feed_copy (environment, asset, feed, sku, market, language)
    SELECT DISTINCT t.environment, t.asset, t.feed, t.sku, t.market, t.language
    FROM feed_told AS t WHERE EXISTS (
        SELECT 1 FROM job AS j WHERE j.kind IN ('push', 'push_reference') AND j.state = 'done'
            AND j.environment = t.environment AND j.asset = t.asset
            AND j.params ->> '$.feed' = t.feed
    ) AND NOT EXISTS (
        SELECT 1 FROM job AS j WHERE j.kind IN ('push', 'push_reference')
            AND j.environment = t.environment AND j.asset = t.asset
            AND coalesce(j.params ->> '$.feed', '') = ''
    )
    """,
)
