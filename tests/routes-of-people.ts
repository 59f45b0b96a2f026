import { codeAt, stepAt } from '@pasar/auth/totp';
import { vi } from 'vitest';
import type { Browser } from './browser.js';
import { type Routes, wait } from './routes.js';
import { address, device, newCustomer, newPicture, newSeller, password } from './world.js';

/** Accounts, their sign-in and apps, profiles, devices and messages. */
export async function useAccounts(routes: Routes): Promise<void> {
  const { use, admin, guest, pasar, query } = routes;
  const fresh = () => newCustomer(pasar);
  const one = await fresh();
  const { email, id } = one.user as NonNullable<Browser['user']>;
  await use(guest, 'GET', '/.well-known/jwks.json');
  await use(guest, 'GET', '/auth/outside');
  await use(one, 'GET', '/auth/identities');
  await use(one, 'POST', '/auth/email:verify', { token: await routes.letterTo(email, 'welcome') }, 204);
  await use(one, 'POST', '/auth/email:sendVerification', {}, 204);
  await use(guest, 'POST', '/auth/password:requestReset', { email }, 204);
  const next = 'another-quiet-Harbour-8';
  const token = await routes.letterTo(email, 'reset-password');
  await use(guest, 'POST', '/auth/password:reset', { token, password: next }, 204);
  const again = one.as(await use(guest, 'POST', '/auth/login', { email, password: next }));
  const changed = { currentPassword: next, newPassword: password };
  await use(again, 'POST', '/auth/password:change', changed, 204);
  const { secret } = await use(again, 'POST', '/auth/totp:enrol', { password });
  const key = fromBase32(secret);
  const codeIn = (steps: number) => codeAt(key, stepAt(new Date()) + steps);
  await use(again, 'POST', '/auth/totp:confirm', { code: codeIn(-1) });
  await use(again, 'GET', '/auth/totp');
  const { recoveryCodes } = await use(again, 'POST', '/auth/totp:renewRecoveryCodes', { code: codeIn(0) });
  const { challenge } = await use(guest, 'POST', '/auth/login', { email, password });
  await use(guest, 'POST', '/auth/login:confirm', { challenge: challenge.token, code: recoveryCodes[0] });
  await use(again, 'POST', '/auth/totp:disable', { password, code: recoveryCodes[1] }, 204);
  const grant = await use(guest, 'POST', '/auth/login', { email, password });
  const { refreshToken } = await use(guest, 'POST', '/auth/refresh', { refreshToken: grant.refreshToken });
  await use(guest, 'POST', '/auth/logout', { refreshToken }, 204);
  const { sessions } = await use(again, 'GET', '/auth/sessions');
  const ofOthers = sessions.find((session: { current: boolean }) => !session.current);
  if (ofOthers) await use(again, 'DELETE', `/auth/sessions/${ofOthers.id}`, undefined, 204);
  await use(admin, 'GET', '/accounts');
  const role = { role: 'SELLER', reason: 'helps out' };
  await use(admin, 'POST', `/accounts/${id}:grantRole`, role);
  await use(admin, 'POST', `/accounts/${id}:revokeRole`, role);
  await use(admin, 'GET', `/accounts/${id}/roleChanges`);
  await use(again, 'DELETE', '/auth/sessions', undefined, 204);
  await use(admin, 'POST', `/accounts/${id}:deactivate`, { reason: 'gone' });
  await use(admin, 'POST', `/accounts/${id}:reactivate`, { reason: 'back' });

  const two = await fresh();
  const facts = { name: 'Kasir', confidential: true, redirectUris: [], scopes: ['orders:read'] };
  const { app } = await use(two, 'POST', '/oauth/apps', facts, 201);
  await use(two, 'GET', '/oauth/apps');
  await use(two, 'POST', `/oauth/apps/${app.id}:rotateSecret`, {});
  await use(two, 'DELETE', `/oauth/apps/${app.id}`, undefined, 204);
  await use(two, 'GET', '/oauth/grants');

  await vi.waitFor(() => use(two, 'GET', '/users/me'), wait);
  await use(two, 'PATCH', '/users/me', { name: 'Sari Dua' });
  const { id: home } = await use(two, 'POST', '/users/me/addresses', address, 201);
  await use(two, 'GET', '/users/me/addresses');
  await use(two, 'PATCH', `/users/me/addresses/${home}`, { city: 'Jakarta Pusat', province: 'DKI Jakarta' });
  await use(two, 'DELETE', `/users/me/addresses/${home}`, undefined, 204);
  const phone = await use(two, 'POST', '/devices', device, 201);
  await use(two, 'GET', '/devices:key');
  await use(two, 'GET', '/devices');
  await use(two, 'DELETE', `/devices/${phone.id}`, undefined, 204);
  await use(two, 'GET', '/users/me:export');
  await use(two, 'POST', '/users/me:delete', { password }, 204);
  const [dead] = await query<{ id: string }>(
    'notification',
    `update delivery set dead_at = now() where id = (select id from delivery where recipient = $1 limit 1) returning id`,
    [email],
  );
  await use(admin, 'GET', '/deliveries:dead');
  await use(admin, 'POST', `/deliveries/${dead?.id}:resend`, {});
  await use(admin, 'GET', '/templates');
  await use(admin, 'GET', '/templates/welcome:preview?locale=en');
}

/** Stores, their applications, staff, terms and webhooks. */
export async function useStores(routes: Routes): Promise<void> {
  const { use, admin, guest, pasar } = routes;
  const shop = await newSeller(pasar);
  const { id: sellerId } = await use(shop, 'GET', '/sellers/me');
  await use(shop, 'PATCH', '/sellers/me', { description: 'Kopi pilihan.' });
  await use(guest, 'GET', '/sellers');
  await use(guest, 'GET', `/sellers/${sellerId}`);
  await use(admin, 'GET', '/sellers:search?status=APPROVED');
  await use(shop, 'POST', '/sellers/me/holiday', {});

  const plan = await use(
    admin,
    'POST',
    '/commissionPlans',
    { name: `Hemat ${sellerId}`, basisPoints: 300 },
    201,
  );
  await use(admin, 'GET', '/commissionPlans');
  await use(admin, 'POST', `/commissionPlans/${plan.id}:assign`, { sellerId });
  await use(admin, 'POST', '/commissionRates', { planId: plan.id, basisPoints: 250 }, 201);
  await use(admin, 'GET', `/commissionRates?planId=${plan.id}`);
  await use(shop, 'GET', '/sellers/me/commission');
  await use(shop, 'GET', '/sellers/me/performance');
  await use(admin, 'GET', `/sellers/${sellerId}/performance`);

  // Somebody applies for a store, is asked for more, and gets it; somebody else does not.
  for (const decision of ['approve', 'reject']) {
    const applicant = await newCustomer(pasar);
    const document = async () => {
      const { body } = await applicant.upload('DOCUMENT', await newPicture(100, 100), 'ktp.jpg');
      return { mediaId: body.id, kind: 'IDENTITY' };
    };
    const application = {
      ...{ name: `Toko ${decision} ${sellerId.slice(-6)}`, city: 'Bandung', province: 'Jawa Barat' },
      ...{ legalName: 'Sari', taxId: '012345678901000', documents: [await document()] },
    };
    await use(applicant, 'POST', '/sellers', application, 201);
    const { id } = await use(applicant, 'GET', '/sellers/me/case');
    await use(admin, 'GET', '/kycCases');
    await use(admin, 'POST', `/kycCases/${id}:take`, {});
    await use(admin, 'POST', `/kycCases/${id}:askForMore`, { note: 'NPWP' });
    await use(applicant, 'POST', '/sellers/me/case:supply', { documents: [await document()] });
    await use(admin, 'POST', `/kycCases/${id}:take`, {});
    await use(admin, 'POST', `/kycCases/${id}:${decision}`, { note: 'sudah diperiksa' });
    const { sellerId: made } = await use(admin, 'GET', `/kycCases/${id}`);
    if (decision === 'reject') continue;
    await use(admin, 'POST', `/sellers/${made}:suspend`, { reason: 'barang tiruan' });
    await use(admin, 'POST', `/sellers/${made}:approve`, { reason: 'sudah beres' });
  }

  const helper = await newCustomer(pasar);
  const helperEmail = helper.user?.email as string;
  const invite = (email: string) =>
    use(shop, 'POST', '/sellers/me/invitations', { email, permissions: ['ORDERS'] }, 201);
  await invite(helperEmail);
  const { id: taken } = await invite('siapa@example.test');
  await use(shop, 'GET', '/sellers/me/invitations');
  await use(shop, 'DELETE', `/sellers/me/invitations/${taken}`, undefined, 204);
  const token = await routes.letterTo(helperEmail, 'staff-invitation');
  await use(
    helper,
    'POST',
    '/auth/email:verify',
    { token: await routes.letterTo(helperEmail, 'welcome') },
    204,
  );
  const member = await use(helper, 'POST', '/sellers/me/staff:accept', { token });
  await use(shop, 'GET', '/sellers/me/staff');
  await use(shop, 'PATCH', `/sellers/me/staff/${member.userId}`, { permissions: ['STOCK'] });
  await use(helper, 'POST', '/sellers/me/staff:leave', {}, 204);
  const other = await newCustomer(pasar);
  await invite(other.user?.email as string);
  const second = await routes.letterTo(other.user?.email as string, 'staff-invitation');
  const { userId } = await use(other, 'POST', '/sellers/me/staff:accept', { token: second });
  await use(shop, 'DELETE', `/sellers/me/staff/${userId}`, undefined, 204);

  const hook = { url: 'https://hooks.invalid/', eventTypes: ['order.confirmed'] };
  const { id } = await use(shop, 'POST', '/webhookEndpoints', hook, 201);
  await use(shop, 'GET', '/webhookEndpoints');
  await use(shop, 'GET', `/webhookEndpoints/${id}`);
  await use(shop, 'PATCH', `/webhookEndpoints/${id}`, { description: 'Kasir' });
  await use(shop, 'POST', `/webhookEndpoints/${id}:rotateSecret`, {});
  const delivery = await use(shop, 'POST', `/webhookEndpoints/${id}:test`, {});
  await use(shop, 'GET', `/webhookEndpoints/${id}/deliveries`);
  await use(shop, 'GET', `/webhookDeliveries/${delivery.id}`);
  await use(shop, 'POST', `/webhookDeliveries/${delivery.id}:replay`, {});
  await use(shop, 'POST', `/webhookEndpoints/${id}:replayFailed`, {});
  await use(shop, 'DELETE', `/webhookEndpoints/${id}`, undefined, 204);
}

function fromBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.replaceAll(/[\s=]/g, '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
