-- The category as a list of one: several categories are then one condition of the index, and not a scan for each of them,
-- which went through the lists of the words as often.
drop index product_words;
create index product_words on product using gin (words, (array[category_id]), seller_id);
