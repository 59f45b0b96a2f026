-- To forget a person.
create index delivery_user on delivery (user_id);
