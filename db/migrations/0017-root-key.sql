-- Which root key signs the member list after this one; null in rows that are older than this column: as the list itself says.
ALTER TABLE member_list ADD COLUMN root TEXT;
