import type pg from 'pg';

/** How much of everything a filled market has. */
export interface Crowd {
  stores: number;
  products: number;
  /** And as many payments, sales, shipments, reviews and redemptions. */
  orders: number;
}

/** Who looks at it: their lists are long ones. */
export interface Visitors {
  sellerId: string;
  customerId: string;
  /** Was placed by the customer at that store; most rows are made in its likeness. */
  orderId: string;
}

/** A row for each `n` from 1 to `count`, like one that is there but for these columns. */
interface Likeness {
  table: string;
  of: string;
  count: number;
  /** SQL over `n` and the row `t`. */
  but: Record<string, string>;
}

/** Ids that tell kinds apart and follow from a number. */
const idFunction = `
  create or replace function bench_id(kind int, n bigint) returns uuid language sql immutable parallel safe
  return ('00000' || lpad(to_hex(kind), 3, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/**
 * Fills the databases of a running market as time and trade would, by SQL: ten thousand stores would take days to trade
 * this much. One of a hundred rows is of the store, and of the customer, that look at it.
 */
export async function fill(
  open: (database: string) => Promise<pg.Client>,
  crowd: Crowd,
  visitors: Visitors,
  say: (line: string) => void,
): Promise<void> {
  for (const [service, work] of Object.entries(services(crowd, visitors))) {
    say(`filling ${service}`);
    const client = await open(`pasar_${service}`);
    try {
      await fillOne(client, work);
    } finally {
      await client.end();
    }
  }
}

async function fillOne(client: pg.Client, work: (string | Likeness)[]): Promise<void> {
  // Triggers and foreign keys are checked where services write; here they would double the time.
  await client.query(`set session_replication_role = replica; set synchronous_commit = off; ${idFunction}`);
  for (const step of work) {
    if (typeof step === 'string') await client.query(step);
    else await client.query(await toInsert(client, step));
  }
  await client.query('vacuum analyze');
}

function services(
  { stores, products, orders }: Crowd,
  { sellerId, customerId, orderId }: Visitors,
): Record<string, (string | Likeness)[]> {
  const store = `case when n % 100 = 0 then '${sellerId}'::uuid else bench_id(1, n % ${stores}) end`;
  const buyer = `case when n % 100 = 1 then '${customerId}'::uuid else bench_id(2, n % 50000) end`;
  const ids = {
    ...{ order: 'bench_id(3, n)', checkout: 'bench_id(4, n)', payment: 'bench_id(5, n)' },
    ...{ product: `bench_id(6, n % ${products})`, variant: `bench_id(7, n % ${products})` },
  };
  const ago = (step: string) => `now() - n * interval '${step}'`;
  const rows = (count: number) => `generate_series(1, ${count}) n`;
  const facts = `t.state -> 'facts' || jsonb_build_object('id', ${ids.order}, 'number', 'PSR-' || n,
    'checkoutId', ${ids.checkout}, 'customerId', ${buyer}, 'sellerId', ${store}, 'paymentId', ${ids.payment})`;
  const disputed = `jsonb_build_object('stage', 'DISPUTED', 'lines', '[]'::jsonb, 'reason', 'pecah', 'answer', '',
    'refund', '100', 'evidence', '[]'::jsonb)`;
  const isDisputed = 'n % 100 = 3';

  return {
    seller: [
      `insert into seller (id, slug, name, city, province, status, created_at, updated_at)
       select bench_id(1, n), 'toko-' || n, 'Toko ' || n, 'Bandung', 'Jawa Barat',
         case when n % 50 = 0 then 'SUSPENDED' else 'APPROVED' end, now(), now() from ${rows(stores)}`,
      `insert into kyc_case (id, seller_id, status, legal_name, tax_id, created_at, updated_at)
       select bench_id(8, n), bench_id(1, n), case when n % 20 = 0 then 'OPEN' else 'APPROVED' end, '', '', now(), now()
       from ${rows(stores)}`,
      `insert into fulfilment (order_id, seller_id, confirmed_at, due_at, shipped_at)
       select ${ids.order}, ${store}, now() - n % 90 * interval '1 day', now(), now() from ${rows(orders)}`,
      `insert into store_rating (seller_id, stars, ratings) select bench_id(1, n), 4.2, 100 from ${rows(stores)}`,
      `insert into commission_rate (id, seller_id, basis_points, effective_from, created_by, created_at)
       select bench_id(9, n), ${store}, 400, ${ago('1 second')}, bench_id(2, 1), now() from ${rows(stores)}`,
      `insert into staff (user_id, id, seller_id, email, name, permissions, joined_at)
       select bench_id(10, n), bench_id(11, n), ${store}, n || '@bench.test', 'Staf ' || n, '{}', now()
       from ${rows(stores)} where n % 100 > 0`,
      { table: 'supplier', of: 'true', count: stores * 2, but: { id: 'bench_id(12, n)', seller_id: store } },
      {
        ...{ table: 'purchase_order', of: 'true', count: stores * 10 },
        but: { id: 'bench_id(13, n)', seller_id: store, supplier_id: 'bench_id(12, n % 100 + 1)' },
      },
      {
        ...{ table: 'purchase_line', of: 'true', count: stores * 10 },
        but: { purchase_order_id: 'bench_id(13, n)', variant_id: ids.variant },
      },
      {
        ...{ table: 'sku_cost', of: 'true', count: Math.min(stores * 20, products - 1) },
        but: { seller_id: store, variant_id: ids.variant },
      },
    ],
    product: [
      // Most indexes are made afterwards: many times as fast.
      `create table bench_index as select indexname as name, indexdef as definition from pg_indexes
       where tablename in ('product', 'variant') and indexname not in ('product_pkey', 'product_slug', 'variant_pkey')`,
      `do $$ declare i record; begin for i in select * from bench_index loop execute 'drop index ' || i.name; end loop; end $$`,
      `create table bench_category as select id as category_id, row_number() over () - 1 as place from category`,
      `insert into product (id, seller_id, key, slug, title, description, category_id, status, options, attributes, media,
         price, currency, created_at, updated_at, published_at, catalogue_id, words)
       select bench_id(6, n), ${store}, n::text, 'barang-' || n, title, '', category_id,
         case when n % 10 = 7 then 'draft' else 'published' end, '[]', '{}', '[]', 1000 + n::bigint * 7919 % 1000000, 'IDR',
         now(), now(), ${ago('1 second')}, case when n between 2 and 49 then bench_id(6, 2) end,
         product_words(title, '', '')
       from (select n, 'Barang ' || n || ' ' || (array['merah', 'biru', 'besar', 'kecil', 'katun', 'kayu'])[n % 6 + 1] as title
         from ${rows(products)}) p join bench_category on place = n % (select count(*) from bench_category)`,
      `insert into variant (id, product_id, seller_id, position, sku, title, option_values, price, weight_grams, length_mm,
         width_mm, height_mm)
       select bench_id(7, n), bench_id(6, n), ${store}, 0, 'SKU-' || n, '', '{}', 1000 + n::bigint * 7919 % 1000000, 100, 1,
         1, 1 from ${rows(products)}`,
      `do $$ declare i record; begin for i in select * from bench_index loop execute i.definition; end loop; end $$`,
      'drop table bench_index, bench_category',
    ],
    inventory: [
      `insert into warehouse (id, seller_id, name, city, created_at)
       select bench_id(14, n), bench_id(1, n), 'Gudang', 'Bandung', now() from ${rows(stores)}`,
      `insert into sku (variant_id, seller_id) select bench_id(7, n), ${store} from ${rows(products)}`,
      `insert into stock (variant_id, warehouse_id, on_hand)
       select bench_id(7, n), bench_id(14, n % ${stores} + 1), 10 from ${rows(products)}`,
    ],
    order: [
      {
        ...{ table: 'order_projection', of: `id = '${orderId}'`, count: orders },
        but: {
          ...{ id: ids.order, checkout_id: ids.checkout, customer_id: buyer, seller_id: store },
          status: `case when ${isDisputed} then 'RETURN_REQUESTED' when n > 5000 and n % 1000 > 1 then 'COMPLETED'
            when n % 7 = 0 then 'CANCELLED' else 'CONFIRMED' end`,
          state: `jsonb_set(t.state, '{facts}', ${facts})
            || case when ${isDisputed} then jsonb_build_object('status', 'RETURN_REQUESTED', 'return', ${disputed}) else '{}' end`,
          ...{ created_at: ago('20 seconds'), updated_at: ago('20 seconds') },
        },
      },
    ],
    payment: [
      {
        ...{ table: 'payment', of: `shares -> 0 ->> 'orderId' = '${orderId}'`, count: orders },
        but: {
          ...{ id: ids.payment, checkout_id: ids.checkout, customer_id: buyer, reference: `'bench_' || n` },
          shares: `jsonb_set(t.shares, '{0}', t.shares -> 0 || jsonb_build_object('orderId', ${ids.order}, 'sellerId', ${store}))`,
        },
      },
      {
        ...{ table: 'sale', of: `order_id = '${orderId}'`, count: orders },
        but: { order_id: ids.order, payment_id: ids.payment, seller_id: store },
      },
      `insert into ledger_transaction (id, kind, payment_id, created_at)
       select 'capture:' || ${ids.payment}, 'capture', ${ids.payment}, ${ago('20 seconds')} from ${rows(orders)}`,
      `insert into ledger_entry (transaction_id, account, amount, currency, payment_id, order_id, seller_id)
       select 'capture:' || ${ids.payment}, e.account, e.amount, 'IDR', ${ids.payment}, ${ids.order}, ${store}
       from ${rows(orders)}, lateral (values ('provider:simulator', 18100000), ('escrow', -18100000),
         ('seller:' || ${store}, -17000000), ('credit:' || ${buyer}, -1000)) as e (account, amount)`,
      `insert into ledger_account (account, currency, balance)
       select 'seller:' || bench_id(1, n), 'IDR', -5000000 from ${rows(stores)}
       union all select 'credit:' || bench_id(2, n), 'IDR', -5000 from ${rows(stores * 5)}`,
      `insert into payout (id, batch, seller_id, currency, amount, bank, number, holder, status, due_at, created_at, ended_at)
       select bench_id(15, n), bench_id(16, n / ${stores}), ${store}, 'IDR', 100, 'BCA', '1234567', 'Sari', 'PAID', now(), now(),
         now() from ${rows(stores * 10)} on conflict do nothing`,
      `insert into gift_card (id, code_hash, code_ending, amount, currency, note, status, expires_at, created_at)
       select bench_id(17, n), sha256(n::text::bytea), 'ABCD', 100, 'IDR', '', 'ISSUED', now() + interval '1 year', now()
       from ${rows(stores * 5)}`,
      `insert into difference (provider, id, day, kind, payment_id, currency, ours, theirs, remedy, state, found_at)
       select 'simulator', n::text, current_date, 'AMOUNT', ${ids.payment}, 'IDR', 1, 2, 'ASKED', 'OPEN', now() from ${rows(stores)}`,
    ],
    review: [
      {
        ...{ table: 'review', of: 'true', count: orders },
        but: {
          ...{ id: 'bench_id(18, n)', import_key: 'null', seller_id: store, author_id: buyer },
          ...{
            product_id: 'bench_id(6, n % 1000)',
            variant_id: 'bench_id(7, n % 1000)',
            created_at: ago('20 seconds'),
          },
        },
      },
      `insert into rating (kind, subject_id, seller_id, stars1, stars2, stars3, stars4, stars5)
       select 'PRODUCT', bench_id(6, n), ${store}, 1, 1, 1, 1, 1 from ${rows(orders)}`,
      `insert into question (id, product_id, seller_id, author_id, author_name, body, answer_count, created_at)
       select bench_id(19, n), bench_id(6, n % 1000), ${store}, ${buyer}, 'Sari', 'Apa ini?', 1, ${ago('20 seconds')}
       from ${rows(stores * 10)}`,
      `insert into answer (id, question_id, by_seller, author_name, body, created_at)
       select bench_id(20, n), bench_id(19, n), true, 'Toko', 'Itu.', ${ago('20 seconds')} from ${rows(stores * 10)}`,
      `insert into moderation_case (id, kind, subject_id, product_id, report_count, status, created_at)
       select bench_id(21, n), 'REVIEW', bench_id(18, n), bench_id(6, n % 1000), 1,
         case when n % 2 = 0 then 'OPEN' else 'KEPT' end, now() from ${rows(stores)}`,
      `insert into delivered_line (order_id, variant_id, product_id, seller_id, customer_id, title, variant_title, image_url,
         delivered_at)
       select ${ids.order}, ${ids.variant}, ${ids.product}, ${store}, ${buyer}, 'Barang', '', '', ${ago('20 seconds')}
       from ${rows(orders)}`,
    ],
    shipping: [
      {
        ...{ table: 'shipment', of: `order_id = '${orderId}'`, count: orders },
        but: {
          ...{ id: 'bench_id(22, n)', order_id: ids.order, customer_id: buyer, seller_id: store },
          ...{ order_number: `'PSR-' || n`, created_at: ago('20 seconds'), updated_at: ago('20 seconds') },
          status: `(array['DELIVERED', 'DELIVERED', 'DELIVERED', 'IN_TRANSIT', 'BOOKED', 'CANCELLED', 'LOST'])
            [case when n % 1000 = 7 then 7 else n % 6 + 1 end]`,
        },
      },
      {
        ...{ table: 'parcel', of: 'true', count: orders },
        but: { shipment_id: 'bench_id(22, n)', tracking_number: `'BENCH' || n` },
      },
    ],
    promotion: [
      {
        ...{ table: 'promotion', of: 'code is not null and seller_id is not null', count: stores * 2 },
        but: { id: 'bench_id(23, n)', seller_id: store, code: `'V' || n`, created_at: ago('20 seconds') },
      },
      {
        ...{ table: 'allotment', of: 'true', count: stores * 2 },
        but: { id: 'bench_id(23, n)' },
      },
      `insert into redemption (checkout_id, customer_id, status, created_at)
       select ${ids.checkout}, ${buyer}, 'REDEEMED', ${ago('20 seconds')} from ${rows(orders)}`,
      `insert into redemption_use (checkout_id, allotment_id, promotion_id, customer_id, code, units, amount, currency,
         order_ids, created_at)
       select ${ids.checkout}, bench_id(23, n % ${stores} + 1), bench_id(23, n % ${stores} + 1), ${buyer}, 'V', 1, 100, 'IDR',
         array[${ids.order}], ${ago('20 seconds')} from ${rows(orders)}`,
      `insert into voucher_claim (id, customer_id, promotion_id, created_at)
       select bench_id(24, n), ${buyer}, bench_id(23, n % ${stores * 2} + 1), now() from ${rows(stores * 2)}`,
      {
        ...{ table: 'flash_sale', of: 'true', count: stores },
        but: {
          ...{ id: 'bench_id(25, n)', seller_id: store, starts_at: `now() - interval '1 hour'` },
          ...{ ends_at: `now() + n % 30 * interval '1 hour' + interval '5 hours'`, phase: `'RUNNING'` },
          ended_at: `case when n % 10 > 0 then now() end`,
        },
      },
      `update flash_sale set phase = 'ENDED' where ended_at is not null`,
      {
        ...{ table: 'flash_item', of: 'true', count: stores },
        but: {
          ...{ id: 'bench_id(26, n)', flash_sale_id: 'bench_id(25, n)', seller_id: store },
          ...{ variant_id: ids.variant, product_id: ids.product, price: '900' },
        },
      },
      {
        ...{ table: 'allotment', of: 'true', count: stores },
        but: { id: 'bench_id(26, n)', quota: '1000' },
      },
    ],
  };
}

async function toInsert(client: pg.Client, { table, of, count, but }: Likeness): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  return `insert into ${table} (${names.join(', ')})
    select ${names.map((name) => but[name] ?? `t.${name}`).join(', ')}
    from (select * from ${table} where ${of} limit 1) t, generate_series(1, ${count}) n`;
}
