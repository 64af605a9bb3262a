"""Questions: asked, answered, one answer accepted, and the asker may change their mind."""
