import type { Client } from '@connectrpc/connect';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  SellerAppliedSchema,
  SellerApprovedSchema,
  type SellerService,
  SellerSuspendedSchema,
  SellerUpdatedSchema,
  Seller_Status as Status,
} from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { fromRpcError } from '@pasar/platform/errors';
import { asUser } from '@pasar/platform/testing/network';
import type { TestService } from '@pasar/platform/testing/service';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSeller } from './testing.js';

let test: TestService;
let sellers: Client<typeof SellerService>;
beforeAll(async () => {
  ({ test, sellers } = await startSeller());
});
afterAll(() => test.close());

const wait = { timeout: 20_000 };
const admin = asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });
const unknown = 'seller.not_found';

function person() {
  const id = crypto.randomUUID();
  return { id, ...asUser({ id }), asSeller: asUser({ id, roles: [Role.CUSTOMER, Role.SELLER] }) };
}

function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error) => fromRpcError(error).code,
  );
}

const apply = (who: ReturnType<typeof person>, name: string) =>
  sellers.applySeller({ name, city: 'Solo' }, who);

async function openStore(name: string) {
  const owner = person();
  const { id, slug } = await apply(owner, name);
  await sellers.approveSeller({ id }, admin);
  return { owner, id, slug };
}

describe('applying', () => {
  it('makes a store that nobody sees before it is approved', async () => {
    const owner = person();
    const store = await apply(owner, ' Kopi  Gayo ');
    expect(store).toMatchObject({ slug: 'kopi-gayo', name: 'Kopi Gayo', status: Status.APPLIED });
    expect(await codeOf(sellers.getSeller({ id: store.id }))).toBe(unknown);
    expect(await codeOf(sellers.getSeller({ id: store.slug }))).toBe(unknown);
    expect((await sellers.listSellers({ pageSize: 100 })).sellers.map(({ id }) => id)).not.toContain(
      store.id,
    );
    expect(await sellers.getMySeller({}, owner)).toMatchObject({ id: store.id });
    const told = () => test.published(SellerAppliedSchema).filter(({ sellerId }) => sellerId === store.id);
    await vi.waitUntil(() => told().length === 1, wait);
    expect(told()).toMatchObject([{ ownerUserId: owner.id, name: 'Kopi Gayo' }]);
  });

  it('is once per account, however often at once', async () => {
    const owner = person();
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => codeOf(apply(owner, `Toko ${n % 3}`))),
    );
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'seller.already_applied')).toHaveLength(19);
  });

  it('gives every store of the same name a slug of its own', async () => {
    const stores = await Promise.all(Array.from({ length: 30 }, () => apply(person(), 'Sama Semua')));
    const slugs = stores.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(30);
    expect(slugs).toContain('sama-semua');
    for (const slug of slugs) expect(slug).toMatch(/^sama-semua(-[a-z0-9]{6})?$/);
  });

  it('needs a real name', async () => {
    expect(await codeOf(apply(person(), ' \t a'))).toBe('request.invalid');
  });
});

describe('review', () => {
  it('opens and closes a store, and tells once each time', async () => {
    const owner = person();
    const { id, slug } = await apply(owner, 'Buka Tutup');
    await Promise.all([1, 2, 3].map(() => sellers.approveSeller({ id }, admin)));
    expect(await sellers.getSeller({ id: slug })).toMatchObject({ id, status: Status.APPROVED });
    expect((await sellers.listSellers({ pageSize: 100 })).sellers.map((each) => each.id)).toContain(id);
    await Promise.all([1, 2, 3].map(() => sellers.suspendSeller({ id, reason: 'complaints' }, admin)));
    expect(await codeOf(sellers.getSeller({ id }))).toBe(unknown);
    expect(await sellers.getMySeller({}, owner)).toMatchObject({ status: Status.SUSPENDED });
    await sellers.approveSeller({ id }, admin);
    const approvals = () => test.published(SellerApprovedSchema).filter(({ sellerId }) => sellerId === id);
    await vi.waitUntil(() => approvals().length === 2, wait);
    expect(approvals()[0]).toMatchObject({ ownerUserId: owner.id, slug, name: 'Buka Tutup' });
    expect(test.published(SellerSuspendedSchema).filter(({ sellerId }) => sellerId === id)).toMatchObject([
      { ownerUserId: owner.id, reason: 'complaints' },
    ]);
  });

  it('is for staff, of what exists', async () => {
    const { owner, id } = await openStore('Milik Sendiri');
    expect(await codeOf(sellers.suspendSeller({ id }, owner.asSeller))).toBe('access.forbidden');
    expect(await codeOf(sellers.approveSeller({ id: crypto.randomUUID() }, admin))).toBe(unknown);
  });
});

describe('the store’s page', () => {
  it('is changed by its owner and keeps its slug', async () => {
    const { owner, id, slug } = await openStore('Nama Lama');
    const changed = await sellers.updateMySeller(
      {
        seller: { name: 'Nama Baru', logoUrl: '/media/logo.svg' },
        updateMask: { paths: ['name', 'logo_url', 'description'] },
      },
      owner.asSeller,
    );
    expect(changed).toMatchObject({ id, slug, name: 'Nama Baru', logoUrl: '/media/logo.svg', city: 'Solo' });
    await sellers.updateMySeller({ seller: { city: 'Medan' } }, owner.asSeller);
    expect(await sellers.getSeller({ id: slug })).toMatchObject({ name: 'Nama Baru', city: 'Medan' });
    const told = () => test.published(SellerUpdatedSchema).filter(({ sellerId }) => sellerId === id);
    await vi.waitUntil(() => told().length === 2, wait);
    expect(told()[0]).toMatchObject({ name: 'Nama Baru', slug });
  });

  it('cannot be changed in what is not the owner’s to change', async () => {
    const { owner, id } = await openStore('Tetap Begitu');
    const change = (seller: object, ...paths: string[]) =>
      sellers
        .updateMySeller({ seller, updateMask: { paths } }, owner.asSeller)
        .then(() => undefined, fromRpcError);
    for (const path of ['id', 'slug', 'status', 'owner_user_id', 'nonsense']) {
      expect(await change({ status: Status.APPROVED }, path)).toMatchObject({ errors: [{ field: path }] });
    }
    expect(await change({}, 'created_at')).toMatchObject({ errors: [{ field: 'createdAt' }] });
    expect(await change({ slug: 'lain' })).toMatchObject({ errors: [{ field: 'slug' }] });
    expect(await change({ logoUrl: 'javascript:alert(1)' }, 'logo_url')).toMatchObject({ kind: 'invalid' });
    expect(await change({}, 'name')).toMatchObject({ errors: [{ field: 'name' }] });
    expect(await sellers.getSeller({ id })).toMatchObject({ name: 'Tetap Begitu', slug: 'tetap-begitu' });
    expect(await codeOf(sellers.updateMySeller({ seller: { city: 'X' } }, person().asSeller))).toBe(unknown);
    expect(await codeOf(sellers.updateMySeller({ seller: { city: 'X' } }, owner))).toBe('access.forbidden');
  });

  it('is closed to an owner whose store is closed while the token lives', async () => {
    const { owner, id } = await openStore('Segera Tutup');
    await sellers.suspendSeller({ id }, admin);
    expect(await codeOf(sellers.updateMySeller({ seller: { city: 'X' } }, owner.asSeller))).toBe(
      'seller.closed',
    );
  });

  it('tells the cache what it shows', async () => {
    const { id, slug } = await openStore('Dalam Cache');
    let tags: string | null = null;
    await sellers.getSeller(
      { id: slug },
      { onHeader: (headers) => (tags = headers.get('pasar-cache-tags')) },
    );
    expect(tags).toBe(`${id},${slug}`);
    await sellers.listSellers({}, { onHeader: (headers) => (tags = headers.get('pasar-cache-tags')) });
    expect(tags).toBe('seller:list');
  });
});

describe('the list of stores', () => {
  it('comes in pages, newest first, and refuses made-up page tokens', async () => {
    for (const name of ['Halaman A', 'Halaman B', 'Halaman C']) await openStore(name);
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await sellers.listSellers({ pageSize: 2, pageToken });
      seen.push(...page.sellers.map(({ name }) => name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen.slice(0, 3)).toEqual(['Halaman C', 'Halaman B', 'Halaman A']);
    expect(new Set(seen).size).toBe(seen.length);
    const forged = Buffer.from('["x"]').toString('base64url');
    expect(await codeOf(sellers.listSellers({ pageToken: forged }))).toBe('request.invalid');
  });
});

describe('stores that an import brings', () => {
  const store = (slug: string, facts = {}) => ({ slug, name: `Toko ${slug}`, city: 'Bandung', ...facts });

  it('are made once and open, in the order of the request, however many import at once', async () => {
    const slugs = Array.from({ length: 40 }, (_, n) => `impor-${n}`);
    const orders = [
      slugs,
      [...slugs].reverse(),
      [...slugs.slice(20), ...slugs.slice(0, 20)],
      [...slugs, ...slugs],
    ];
    const answers = await Promise.all(
      orders.map((order) => sellers.ensureSellers({ stores: order.map((slug) => store(slug)) })),
    );
    const answered = answers.map((answer) => answer.sellers.map(({ slug }) => slug));
    expect(answered).toEqual(orders);
    const ids = new Set(answers.flatMap((answer) => answer.sellers.map(({ id }) => id)));
    expect(ids.size).toBe(40);
    const told = () => test.published(SellerApprovedSchema).filter(({ slug }) => slug.startsWith('impor-'));
    await vi.waitUntil(() => told().length >= 40, wait);
    expect(told()).toHaveLength(40);
    expect(await sellers.getSeller({ id: 'impor-7' })).toMatchObject({
      city: 'Bandung',
      status: Status.APPROVED,
    });
  });

  it('are left alone when they exist, whatever their status', async () => {
    const { id, slug } = await openStore('Sudah Ada');
    await sellers.suspendSeller({ id }, admin);
    const answer = await sellers.ensureSellers({ stores: [store(slug, { name: 'Lain' })] });
    expect(answer.sellers).toMatchObject([{ id, name: 'Sudah Ada', status: Status.SUSPENDED }]);
  });

  it('may have an owner, who has one store', async () => {
    const owner = person();
    const first = await sellers.ensureSellers({ stores: [store('punya-ayu', { ownerUserId: owner.id })] });
    expect(await sellers.getMySeller({}, owner)).toMatchObject({ id: first.sellers[0]?.id });
    await sellers.ensureSellers({ stores: [store('punya-ayu', { ownerUserId: owner.id })] });
    const second = sellers.ensureSellers({ stores: [store('juga-ayu', { ownerUserId: owner.id })] });
    expect(await codeOf(second)).toBe('seller.owner_taken');
    expect(await codeOf(apply(owner, 'Satu Lagi'))).toBe('seller.already_applied');
    const told = () => test.published(SellerApprovedSchema).filter(({ slug }) => slug === 'punya-ayu');
    await vi.waitUntil(() => told().length === 1, wait);
    expect(told()).toMatchObject([{ ownerUserId: owner.id }]);
  });

  it('get slugs that can stand in a URL, and need owners that are ids', async () => {
    const answer = await sellers.ensureSellers({
      stores: [store('Toko Ibu'), store('me'), store('toko-ibu')],
    });
    expect(answer.sellers.map(({ slug }) => slug)).toEqual(['toko-ibu', 'toko-me', 'toko-ibu']);
    expect(await codeOf(sellers.ensureSellers({ stores: [store('x', { ownerUserId: 'ayu' })] }))).toBe(
      'request.invalid',
    );
    expect(await codeOf(sellers.getSeller({ id: 'x' }))).toBe(unknown);
  });
});
