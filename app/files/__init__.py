"""Files: photos and documents. Uploaded first, then *claimed* by the thing they belong to; read only through it."""
