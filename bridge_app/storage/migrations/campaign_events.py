"""The statements of the ledger's steps that tell channels of archived campaigns and assets."""

STATEMENTS = (
    """
    CREATE TRIGGER archived_campaign_is_an_event AFTER UPDATE OF state ON archive
    WHEN NEW.state = 'done' AND OLD.state <> 'done'
        AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
        INSERT INTO channel_event (source, ref, at) VALUES ('campaign', NEW.id, NEW.changed_at);
    END
    """,
)
ASSETS = (
    """
    CREATE TRIGGER archived_asset_is_an_event AFTER UPDATE OF state ON archive_step
    WHEN NEW.action = 'freeze' AND NEW.state = 'done' AND OLD.state <> 'done'
        AND EXISTS (SELECT 1 FROM webhook_endpoint WHERE state = 'on') BEGIN
        INSERT INTO channel_event (source, ref, at)
        VALUES ('archived', json_array(NEW.archive, NEW.place), NEW.changed_at);
    END
    """,
)
