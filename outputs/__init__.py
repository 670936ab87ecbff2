"""Writing it down: pure renderings of one record, and the folder that they are published in."""
