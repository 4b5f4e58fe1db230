"""One file for each revision. What has been released is never edited."""
