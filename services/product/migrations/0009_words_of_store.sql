-- The store too: what of its own products has a common word is found where the two lists meet.
drop index product_words;
create index product_words on product using gin (words, category_id, seller_id);
