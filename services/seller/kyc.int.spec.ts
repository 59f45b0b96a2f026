import type { Client } from '@connectrpc/connect';
import { Role } from '@pasar/contracts/pasar/options/v1/options_pb';
import {
  DocumentsRequestedSchema,
  DocumentsSuppliedSchema,
  KycService,
  SellerRejectedSchema,
  KycCase_Status as Status,
  KycStep_Kind as Step,
} from '@pasar/contracts/pasar/seller/v1/kyc_pb';
import { Seller_Status, SellerApprovedSchema } from '@pasar/contracts/pasar/seller/v1/seller_pb';
import { asUser } from '@pasar/platform/testing/network';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { admin, codeOf, openStore, person, type SellerTest, startSeller } from './testing.js';

let world: SellerTest;
let kyc: Client<typeof KycService>;
beforeAll(async () => {
  world = await startSeller();
  kyc = world.test.client(KycService);
});
afterAll(() => world.test.close());

const wait = { timeout: 20_000 };
const reviewer = () => asUser({ id: crypto.randomUUID(), roles: [Role.ADMIN] });

async function apply(name: string, documents = 1) {
  const owner = person();
  const uploads = Array.from({ length: documents }, () => world.upload(owner.id));
  const application = { name, city: 'Solo', legalName: 'Sri Lestari', taxId: '01', documents: uploads };
  const store = await world.sellers.applySeller(application, owner);
  return { owner, store, uploads, application, caseId: (await kyc.getMyCase({}, owner)).id };
}

describe('an application', () => {
  it('waits in the queue with its documents until somebody takes it, and opens the store', async () => {
    const { owner, store, uploads, caseId } = await apply('Antre');
    const { cases } = await kyc.listCases({ pageSize: 100 }, admin);
    expect(cases.map(({ id }) => id)).toContain(caseId);
    const taken = await kyc.takeCase({ id: caseId }, admin);
    expect(taken).toMatchObject({ status: Status.IN_REVIEW, storeName: 'Antre', legalName: 'Sri Lestari' });
    expect(taken.documents).toMatchObject(uploads);
    expect((await kyc.listCases({ status: Status.IN_REVIEW, mine: true }, admin)).cases).toMatchObject([
      { id: caseId },
    ]);
    await Promise.all([1, 2, 3].map(() => kyc.approveCase({ id: caseId, note: 'fine' }, admin)));
    expect(await world.sellers.getSeller({ id: store.id })).toMatchObject({ status: Seller_Status.APPROVED });
    const mine = await kyc.getMyCase({}, owner);
    expect(mine.history.map(({ kind }) => kind)).toEqual([Step.OPENED, Step.TAKEN, Step.APPROVED]);
    expect([mine.reviewerId, ...mine.history.map(({ byUserId }) => byUserId)].join('')).toBe('');
    const told = () =>
      world.test.published(SellerApprovedSchema).filter(({ sellerId }) => sellerId === store.id);
    await vi.waitUntil(() => told().length > 0, wait);
    expect(told()).toHaveLength(1);
    expect(
      world.test.published(DocumentsSuppliedSchema).filter((each) => each.caseId === caseId),
    ).toMatchObject([{ mediaIds: uploads.map(({ mediaId }) => mediaId) }]);
  });

  it('is taken by one of many reviewers, and by another only on purpose', async () => {
    const { caseId: id } = await apply('Rebutan');
    const reviewers = Array.from({ length: 10 }, reviewer);
    const codes = await Promise.all(reviewers.map((each) => codeOf(kyc.takeCase({ id }, each))));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'seller.case_taken')).toHaveLength(9);
    const other = reviewer();
    expect(await codeOf(kyc.approveCase({ id }, other))).toBe('seller.case_not_taken');
    await kyc.takeCase({ id, takeOver: true }, other);
    expect(await codeOf(kyc.rejectCase({ id }, other))).toBe('request.invalid');
    await kyc.rejectCase({ id, note: 'no such person' }, other);
    expect(await codeOf(kyc.approveCase({ id }, other))).toBe('seller.case_decided');
    expect(await codeOf(kyc.takeCase({ id }, other))).toBe('seller.case_decided');
  });

  it('goes back to the applicant for more, and on with the same reviewer', async () => {
    const { owner, caseId: id } = await apply('Kurang');
    await kyc.takeCase({ id }, admin);
    await kyc.askForMore({ id, note: 'the other side too' }, admin);
    expect(await kyc.getMyCase({}, owner)).toMatchObject({ status: Status.NEEDS_MORE });
    await vi.waitFor(() =>
      expect(world.test.published(DocumentsRequestedSchema)).toMatchObject([
        { ownerUserId: expect.any(String), note: 'the other side too' },
      ]),
    );
    const more = world.upload(owner.id);
    await kyc.supplyDocuments({ documents: [more, more], note: 'here' }, owner);
    const after = await kyc.getCase({ id }, admin);
    expect(after).toMatchObject({ status: Status.IN_REVIEW });
    expect(after.documents).toHaveLength(2);
    expect(after.history.at(-1)).toMatchObject({ kind: Step.SUPPLIED, note: 'here', byUserId: owner.id });
    const documents = Array.from({ length: 20 }, () => world.upload(owner.id));
    expect(await codeOf(kyc.supplyDocuments({ documents }, owner))).toBe('request.invalid');
  });

  it('brings no documents of somebody else', async () => {
    const { owner } = await apply('Orang Lain');
    const documents = [world.upload(crypto.randomUUID())];
    expect(await codeOf(kyc.supplyDocuments({ documents }, owner))).toBe('request.invalid');
    expect(
      await codeOf(world.sellers.applySeller({ name: 'Palsu', city: 'Solo', documents }, person())),
    ).toBe('request.invalid');
  });

  it('that was turned down says why, and may be made again; the old case stays', async () => {
    const { owner, store, application, caseId: id } = await apply('Coba Lagi');
    expect(await codeOf(world.sellers.applySeller(application, owner))).toBe('seller.already_applied');
    await kyc.takeCase({ id }, admin);
    await kyc.rejectCase({ id, note: 'blurred' }, admin);
    expect(await world.sellers.getMySeller({}, owner)).toMatchObject({ status: Seller_Status.REJECTED });
    const told = () =>
      world.test.published(SellerRejectedSchema).filter(({ sellerId }) => sellerId === store.id);
    await vi.waitUntil(() => told().length === 1, wait);
    expect(told()).toMatchObject([{ ownerUserId: owner.id, reason: 'blurred' }]);
    const again = { ...application, name: 'Coba Terus' };
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(world.sellers.applySeller(again, owner))));
    expect(codes.sort()).toEqual(['ok', 'seller.already_applied', 'seller.already_applied']);
    const mine = await kyc.getMyCase({}, owner);
    expect(mine).toMatchObject({ status: Status.OPEN, sellerId: store.id, storeName: 'Coba Terus' });
    expect(await kyc.getCase({ id }, admin)).toMatchObject({ status: Status.REJECTED });
    await kyc.takeCase({ id: mine.id }, admin);
    await kyc.approveCase({ id: mine.id }, admin);
    expect(await world.sellers.getSeller({ id: 'coba-lagi' })).toMatchObject({ name: 'Coba Terus' });
  });

  it('is decided by whoever opens or closes the store beside the queue', async () => {
    const { store, caseId: id } = await apply('Jalan Pintas');
    await world.sellers.approveSeller({ id: store.id, reason: 'known' }, admin);
    expect(await kyc.getCase({ id }, admin)).toMatchObject({ status: Status.APPROVED });
  });

  it('is for staff to see, and unknown ones are not found', async () => {
    const { owner, caseId: id } = await apply('Rahasia');
    expect(await codeOf(kyc.getCase({ id }, owner))).toBe('access.forbidden');
    expect(await codeOf(kyc.getCase({ id: crypto.randomUUID() }, admin))).toBe('case.not_found');
    expect(await codeOf(kyc.getMyCase({}, person()))).toBe('case.not_found');
  });
});

describe('stores for the platform’s staff', () => {
  it('are found by status and by the beginning of their name, in pages', async () => {
    for (const name of ['Zamrud B', 'zamrud A', 'Zamrud C']) await openStore(world.sellers, name);
    await apply('Zamrud D');
    const names = async (request: object) => {
      const found: string[] = [];
      let pageToken = '';
      do {
        const page = await world.sellers.searchSellers({ ...request, pageSize: 2, pageToken }, admin);
        found.push(...page.sellers.map(({ name }) => name));
        pageToken = page.nextPageToken;
      } while (pageToken);
      return found;
    };
    expect(await names({ name: 'zAm' })).toEqual(['zamrud A', 'Zamrud B', 'Zamrud C', 'Zamrud D']);
    expect(await names({ name: 'zam', status: Seller_Status.APPLIED })).toEqual(['Zamrud D']);
    expect((await names({ status: Seller_Status.APPROVED })).slice(0, 3)).toEqual([
      'Zamrud C',
      'zamrud A',
      'Zamrud B',
    ]);
    expect(await names({ name: '%' })).toEqual([]);
    const forged = Buffer.from('["x","y"]').toString('base64url');
    expect(await codeOf(world.sellers.searchSellers({ pageToken: forged }, admin))).toBe('request.invalid');
  });
});
