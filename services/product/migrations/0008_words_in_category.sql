-- Category and store stand in the inverted index beside the words: of a word that very many have, those of a category or a
-- store are found where the lists meet. Before, all that have the word were gathered. The category as a list of one: several
-- of them are one condition of the index then, and not a scan for each, which went through the lists of the words as often.
create extension if not exists btree_gin;
drop index product_words;
create index product_words on product using gin (words, (array[category_id]), seller_id);
