-- How many are new is asked with every page.
create index notification_unread on notification (user_id, id desc) where not read;
