-- A filter by both would otherwise read all photos of a product to find that few of them have so many stars.
create index review_product_photos_stars on review (product_id, stars, created_at, id)
  where status = 'PUBLISHED' and photos <> '[]';
