"""The background worker: jobs, retries, connectivity, scans. No Qt."""
