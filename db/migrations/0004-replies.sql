-- Replies are forgotten once per start, which may read all of a day's; an index would cost every command a page or more.
DROP INDEX command_reply_at;
