"""The statements of the ledger's step that tells channels of archived campaigns."""

STATEMENTS = (
    """
    CREATE TRIGGER archived_campaign_is_an_event AFTER UPDATE OF state ON archive
    WHEN NEW.state = 'done' AND OLD.state <> 'done'
        AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
        INSERT INTO channel_event (source, ref, at) VALUES ('campaign', NEW.id, NEW.changed_at);
    END
    """,
)
