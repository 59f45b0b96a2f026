-- In-app messages are kept with the event that they tell of, and worded when they are read, in the language that their
-- reader has then. There is nothing to send, so they are no deliveries any more.
alter table notification add column params jsonb;
-- What was worded before stays as it was.
update notification set params = jsonb_build_object(
  'worded', jsonb_build_object('title', title, 'body', body, 'link', link));
alter table notification alter column params set not null, drop column title, drop column body, drop column link;

with due as (
  delete from delivery_due using delivery d where delivery_id = d.id and d.channel = 'IN_APP' and d.user_id is not null
  returning d.*
)
insert into notification (id, user_id, kind, params, created_at)
select id, user_id, template, params, created_at from due on conflict do nothing;
delete from delivery_due using delivery d where delivery_id = d.id and d.channel = 'IN_APP';
delete from delivery where channel = 'IN_APP';
alter table delivery drop constraint delivery_channel_check,
  add constraint delivery_channel_check check (channel in ('EMAIL', 'SMS', 'PUSH'));
