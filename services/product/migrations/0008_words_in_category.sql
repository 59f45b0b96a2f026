-- The category stands in the inverted index beside the words: of a word that very many have, those of a category are found
-- where the two lists meet. Before, all that have the word were gathered.
create extension if not exists btree_gin;
drop index product_words;
create index product_words on product using gin (words, category_id);
