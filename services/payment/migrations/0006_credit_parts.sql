-- What store credit pays of a payment is part of its shares, held and given back by the ledger alone.
update payment p set shares = (
  select coalesce(jsonb_agg(share || jsonb_build_object(
    'credit', case when p.captured > 0 then share -> 'captured' else share -> 'due' end,
    'credited', share -> 'returned') order by nth), '[]')
  from jsonb_array_elements(p.shares) with ordinality as s (share, nth))
where provider = 'credit' and status in ('AUTHORIZED', 'CAPTURING', 'CAPTURED');
drop table credit_refund;
drop table credit_charge;
