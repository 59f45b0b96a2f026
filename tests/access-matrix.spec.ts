import { type DescMethod, getOption, hasOption } from '@bufbuild/protobuf';
import { scopeTexts } from '@pasar/auth/scopes';
import { http } from '@pasar/contracts/google/api/annotations_pb';
import { access, Role, StorePermission } from '@pasar/contracts/pasar/options/v1/options_pb';
import type { Pasar } from '@pasar/server/pasar';
import { services } from '@pasar/server/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Browser } from './browser.js';
import {
  address,
  device,
  newCustomer,
  newMarket,
  newPicture,
  newProduct,
  newReview,
  newSeller,
  newStaff,
  orderOf,
  World,
} from './world.js';

const world = new World();
let pasar: Pasar;
let guest: Browser;
const callers = new Map<Role, Browser>();
/** Of two stores' staff, each with one permission. */
const staff = new Map<StorePermission, Browser>();
const { PRODUCTS, ORDERS, FINANCE, SUPPLY } = StorePermission;
const staffWith = (permission: StorePermission) => staff.get(permission) as Browser;
const staffWithout = (permission: StorePermission) => staffWith(permission === ORDERS ? PRODUCTS : ORDERS);
/** Apps of a customer and a seller: one that may nothing, and one that may look at orders. */
let apps: { idle: Browser; orders: Browser }[];
/** Things that belong to somebody else, by the method's service and the path they are reached under. */
const foreign = new Map<string, string>();

const methods = services.flatMap(({ serves }) => serves.flatMap(([contract]) => contract.methods));
const routed = methods.filter((method) => hasOption(method, http));
const ruleOf = (method: DescMethod) => getOption(method, access);
const nameOf = (method: DescMethod) => `${method.parent.name}.${method.name}`;

beforeAll(async () => {
  pasar = await world.start();
  guest = new Browser(pasar.url as string);
  const { admin, seller } = await newMarket(pasar);
  callers.set(Role.CUSTOMER, await newCustomer(pasar));
  callers.set(Role.SELLER, seller);
  callers.set(Role.ADMIN, admin);

  for (const permission of [PRODUCTS, ORDERS, FINANCE, SUPPLY])
    staff.set(permission, await newStaff(pasar, world, permission));

  const owner = await newSeller(pasar);
  const product = await newProduct(owner, 5);
  const buyer = await newCustomer(pasar);
  const placed = await buyer.order(orderOf(product.variantId));
  const made = async (path: string, body: object) => (await buyer.post(path, body)).body.id as string;
  const sessions = await buyer.get('/api/v1/auth/sessions');
  const wishlist = await made('/api/v1/users/me/wishlists', { name: 'Kado' });
  foreign.set('/api/v1/auth/sessions/', sessions.body.sessions[0].id);
  foreign.set('/api/v1/users/me/addresses/', await made('/api/v1/users/me/addresses', address));
  foreign.set('/api/v1/users/me/wishlists/', wishlist);
  foreign.set('/api/v1/products/', product.productId);
  foreign.set(
    '/api/v1/productImports/',
    (await owner.post('/api/v1/productImports', { key: 'mine' })).body.id,
  );
  foreign.set('/api/v1/inventory/', product.variantId);
  foreign.set('/api/v1/orders/', placed.body.orders[0].id);
  foreign.set('/api/v1/checkouts/', placed.body.checkoutId);
  await vi.waitFor(async () => {
    const shipment = await buyer.get(`/api/v1/orders/${placed.body.orders[0].id}/shipment`);
    expect(shipment.status).toBe(200);
    foreign.set('/api/v1/shipments/', shipment.body.id);
  }, 10_000);
  foreign.set('/api/v1/payments/', placed.body.payment.id);
  foreign.set('/api/v1/notifications/', crypto.randomUUID());
  foreign.set('/api/v1/devices/', await made('/api/v1/devices', device));
  const runs = { startsAt: new Date().toISOString(), endsAt: new Date(Date.now() + 3_600_000).toISOString() };
  const sells = async (path: string, body: object) => (await owner.post(path, { ...body, ...runs })).body.id;
  foreign.set(
    '/api/v1/promotions/',
    await sells('/api/v1/promotions', { name: 'Milik toko', benefit: { percentage: { basisPoints: 500 } } }),
  );
  const items = [{ variantId: product.variantId, price: { amount: 1, currency: 'IDR' }, stock: 1 }];
  foreign.set('/api/v1/flashSales/', await sells('/api/v1/flashSales', { name: 'Kilat', items }));
  // A name that never resolves (RFC 2606).
  const hook = { url: 'https://hooks.invalid/', eventTypes: ['order.confirmed'] };
  const { body: endpoint } = await owner.post('/api/v1/webhookEndpoints', hook);
  foreign.set('/api/v1/webhookEndpoints/', endpoint.id);
  const tested = await owner.post(`/api/v1/webhookEndpoints/${endpoint.id}:test`, {});
  foreign.set('/api/v1/webhookDeliveries/', tested.body.id);
  const invited = await owner.post('/api/v1/sellers/me/invitations', {
    email: 'rina@example.test',
    permissions: ['ORDERS'],
  });
  foreign.set('/api/v1/sellers/me/invitations/', invited.body.id);
  const member = crypto.randomUUID();
  await world.query(
    'seller',
    `insert into staff (user_id, id, seller_id, email, name, permissions, joined_at)
     values ($1, $1, $2, 'rina@example.test', 'Rina', '{ORDERS}', now())`,
    [member, product.sellerId],
  );
  foreign.set('/api/v1/sellers/me/staff/', member);
  foreign.set('/api/v1/oauth/apps/', (await newApp(owner, [])).id);
  foreign.set('/api/v1/oauth/grants/', 'not-mine');
  apps = await Promise.all(
    [await newCustomer(pasar), owner].map(async (person) => ({
      idle: (await newApp(person, [])).browser,
      orders: (await newApp(person, ['orders:read'])).browser,
    })),
  );
  const supplier = await owner.post('/api/v1/suppliers', { name: 'Grosir' });
  foreign.set('/api/v1/suppliers/', supplier.body.id);
  const ordered = await owner.post('/api/v1/purchaseOrders', {
    supplierId: supplier.body.id,
    lines: [{ variantId: product.variantId, quantity: 1, unitCost: { amount: 1, currency: 'IDR' } }],
  });
  foreign.set('/api/v1/purchaseOrders/', ordered.body.id);
  const reviewed = await newReview(owner, buyer, placed.body.orders[0]);
  const picture = await owner.upload('REVIEW', await newPicture());
  foreign.set('/api/v1/media/', picture.body.id);
  foreign.set('/api/v1/reviews/', reviewed.reviewId);
  foreign.set('/api/v1/questions/', reviewed.questionId);
  foreign.set('/api/v1/answers/', reviewed.answerId);
});
afterAll(() => world.end());

/** An app of the person's, with a token of its own. */
async function newApp(person: Browser, scopes: string[]): Promise<{ id: string; browser: Browser }> {
  const facts = { name: 'Kasir', confidential: true, redirectUris: [], scopes };
  const { body } = await person.post('/api/v1/oauth/apps', facts);
  const basic = Buffer.from(`${body.app.id}:${body.clientSecret}`).toString('base64');
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') });
  const token = await guest.post('/oauth2/token', form.toString(), {
    authorization: `Basic ${basic}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
  return { id: body.app.id, browser: guest.with({ authorization: `Bearer ${token.body.access_token}` }) };
}

interface Route {
  verb: string;
  path: string;
}

/** The route of a method, its variables filled in. */
function routeOf(method: DescMethod, id: (template: string) => string = () => crypto.randomUUID()): Route {
  const { pattern } = getOption(method, http);
  const template = String(pattern.value);
  let first = true;
  const path = template.replace(/\{[^}]+\}/g, () => {
    const value = first ? id(template.slice(0, template.indexOf('{'))) : crypto.randomUUID();
    first = false;
    return value;
  });
  return { verb: (pattern.case ?? 'get').toUpperCase(), path };
}

/** A body that the contract takes, so that it is access that refuses and not a rule about the body. */
const bodies: Record<string, object> = {
  'SupplyService.UpdateSupplier': { name: 'Milikku' },
  'SupplyService.ReceivePurchaseOrder': { reference: 'x' },
  'StaffService.UpdateStaff': { permissions: ['ORDERS'] },
  'ReviewService.UpdateReview': { text: 'Milikku' },
  'ReviewService.ReplyToReview': { text: 'Milikku' },
  'UserService.UpdateAddress': { city: 'Jakarta' },
  'UserService.UpdateWishlist': { name: 'Milikku' },
  'UserService.AddWishlistItem': { variantId: '0190b0f0-0000-7000-8000-000000000000' },
  'ShippingService.PackShipment': { weightGrams: [1000] },
  'ProductService.UpdateProduct': { title: 'Milikku' },
  'ProductService.ImportRows': { rows: [{ row: 1, title: 'x' }] },
  'PromotionService.UpdatePromotion': { name: 'Milikku' },
  'WebhookService.UpdateWebhookEndpoint': { description: 'Milikku' },
  'ReturnService.RequestReturn': { reason: 'x' },
  'ReturnService.DisputeReturn': { text: 'x' },
  'InventoryService.SetStock': { onHand: 1 },
  'InventoryService.AdjustStock': { delta: 1 },
  'InventoryService.ReceiveStock': { quantity: 1, reference: 'x' },
};

function call(browser: Browser, method: DescMethod, { verb, path }: Route) {
  return browser.send(
    verb,
    path,
    verb === 'GET' || verb === 'DELETE' ? undefined : (bodies[nameOf(method)] ?? {}),
  );
}

describe('every method', () => {
  it('has a rule', () => {
    expect(methods.filter((method) => !ruleOf(method).rule.case).map(nameOf)).toEqual([]);
    expect(routed.length).toBeGreaterThan(60);
  });

  it('that is for services only cannot be reached from outside', async () => {
    const { body: document } = await guest.get('/openapi.json');
    const described = JSON.stringify(document);
    for (const method of methods.filter((candidate) => ruleOf(candidate).rule.case === 'service')) {
      expect(hasOption(method, http)).toBe(false);
      expect(described).not.toContain(`"${method.parent.name}_${method.name}"`);
      for (const browser of [guest, callers.get(Role.ADMIN) as Browser]) {
        const answer = await browser.post(`/${method.parent.typeName}/${method.name}`, {});
        expect(answer.status).toBe(404);
      }
    }
  });
});

describe('a guest', () => {
  it.each(
    routed
      .filter((method) => ruleOf(method).rule.case !== 'public')
      .map((method) => [nameOf(method), method]),
  )('may not call %s', async (_, method) => {
    const answer = await call(guest, method, routeOf(method));
    expect(answer).toMatchObject({ status: 401, body: { code: 'access.unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

describe('an account without the role', () => {
  const cases = routed.flatMap((method) => {
    const { rule } = ruleOf(method);
    if (rule.case !== 'roles') return [];
    const refused = [Role.CUSTOMER, Role.SELLER, Role.ADMIN].filter(
      (role) => !rule.value.anyOf.includes(role),
    );
    return refused.map((role): [string, string, DescMethod, Role] => [
      Role[role],
      nameOf(method),
      method,
      role,
    ]);
  });
  it.each(cases)('%s may not call %s', async (_role, _name, method, role) => {
    const answer = await call(callers.get(role) as Browser, method, routeOf(method));
    expect(answer).toMatchObject({ status: 403, body: { code: 'access.forbidden' } });
  });
});

describe('a member of a store’s staff', () => {
  const forSellers = routed.filter((method) => {
    const { rule } = ruleOf(method);
    return rule.case === 'roles' && rule.value.anyOf.includes(Role.SELLER);
  });
  it.each(forSellers.map((method) => [nameOf(method), method]))(
    'may not call %s unpermitted',
    async (_, method) => {
      const answer = await call(staffWithout(ruleOf(method).permission), method, routeOf(method));
      expect(answer).toMatchObject({ status: 403, body: { code: 'access.forbidden' } });
    },
  );

  it('is shut out, whatever the permission, from what only an owner does', () => {
    const ownersOnly = forSellers.filter((method) => !ruleOf(method).permission).map(nameOf);
    // Who else acts for the store, where its money goes, and who is told of its events.
    expect(ownersOnly.filter((name) => !/^(StaffService|WebhookService)\./.test(name))).toEqual([
      'PayoutService.SetMyPayoutAccount',
    ]);
  });

  it.each([
    ['/api/v1/sellers/me/orders', ORDERS],
    ['/api/v1/sellers/me/products', PRODUCTS],
    ['/api/v1/sellers/me/balance', FINANCE],
    ['/api/v1/sellers/me/payouts', FINANCE],
    ['/api/v1/suppliers', SUPPLY],
  ])('may call %s with the permission', async (path, permission) => {
    expect(await staffWith(permission).get(path)).toMatchObject({ status: 200 });
    expect(await staffWithout(permission).get(path)).toMatchObject({ status: 403 });
  });
});

describe('an app', () => {
  const scopeOf = (method: DescMethod) => ruleOf(method).scope;
  const closed = routed.filter((method) => ruleOf(method).rule.case !== 'public');

  it('may be given exactly the scopes of the contracts', () => {
    const used = new Set(methods.map(scopeOf).filter(Boolean));
    expect([...used].sort()).toEqual(Object.keys(scopeTexts).sort());
    const internal = methods.filter((method) => ruleOf(method).rule.case === 'service' && scopeOf(method));
    expect(internal.map(nameOf)).toEqual([]);
  });

  it('is shut out from accounts, identities, and what staff do', () => {
    const forStaff = (method: DescMethod) => {
      const { rule } = ruleOf(method);
      return rule.case === 'roles' && !rule.value.anyOf.includes(Role.SELLER);
    };
    const shut = closed.filter((method) => !scopeOf(method) && !forStaff(method)).map(nameOf);
    const private_ =
      /^(AuthService|OAuthService|AppService|SecondFactorService|OutsideSignInService|StaffService|KycService)\./;
    expect(shut.filter((name) => !private_.test(name)).sort()).toEqual([
      'PayoutService.GetMyPayoutAccount',
      'PayoutService.SetMyPayoutAccount',
      'QuestionService.ReportAnswer',
      'QuestionService.ReportQuestion',
      'ReviewService.ReportReview',
      'SellerService.ApplySeller',
      'UserService.DeleteMe',
      'UserService.ExportMe',
    ]);
  });

  it.each(closed.map((method) => [nameOf(method), method]))(
    'without its scope may not call %s',
    async (_, method) => {
      for (const { idle, orders } of apps) {
        const others = scopeOf(method) === 'orders:read' ? [idle] : [idle, orders];
        for (const app of others) {
          const answer = await call(app, method, routeOf(method));
          expect(answer).toMatchObject({ status: 403, body: { code: 'access.insufficient_scope' } });
        }
      }
    },
  );

  it('with its scope sees what its user sees, and no more', async () => {
    for (const { orders } of apps) {
      expect((await orders.get('/api/v1/orders')).status).toBe(200);
      expect((await orders.get(`/api/v1/orders/${crypto.randomUUID()}`)).status).toBe(404);
    }
  });

  it('is a guest where guests may call and its scopes do not reach', async () => {
    const buyer = await newCustomer(pasar);
    await buyer.post('/api/v1/cart/items', { variantId: foreign.get('/api/v1/inventory/'), quantity: 1 });
    const [idle, reader] = [await newApp(buyer, []), await newApp(buyer, ['cart:read'])];
    expect((await reader.browser.get('/api/v1/cart')).text).toContain(foreign.get('/api/v1/inventory/'));
    expect((await idle.browser.get('/api/v1/cart')).text).not.toContain(foreign.get('/api/v1/inventory/'));
    expect((await idle.browser.get('/api/v1/products')).status).toBe(200);
  });
});

describe('what belongs to somebody else', () => {
  const owned = routed.filter((method) => ruleOf(method).owned);
  it.each(owned.map((method) => [nameOf(method), method]))('is not found by %s', async (_, method) => {
    const { rule } = ruleOf(method);
    const roles = rule.case === 'roles' ? rule.value.anyOf : [Role.CUSTOMER, Role.SELLER];
    for (const role of roles.filter((one) => one === Role.CUSTOMER || one === Role.SELLER)) {
      const route = routeOf(method, (prefix) => {
        const id = foreign.get(prefix);
        if (!id) throw new Error(`no foreign thing under ${prefix}`);
        return id;
      });
      const answer = await call(callers.get(role) as Browser, method, route);
      expect({ method: nameOf(method), status: answer.status, body: answer.body }).toMatchObject({
        status: 404,
      });
    }
  });
});

describe('a token', () => {
  it('that is not ours is refused everywhere, also where none is needed', async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      sub: crypto.randomUUID(),
      roles: ['ADMIN'],
      iss: 'pasar',
      aud: 'pasar',
      iat: now,
      exp: now + 900,
    };
    const token = (callers.get(Role.ADMIN) as Browser).headers.authorization?.slice(7) ?? '';
    const [head, , signature] = token.split('.');
    const bad = [
      `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims)}.`,
      `${head}.${encode(claims)}.${signature}`,
      `${encode({ alg: 'HS256', typ: 'at+jwt' })}.${encode(claims)}.${signature}`,
      'nonsense',
      `${token}x`,
    ];
    for (const forged of bad) {
      for (const path of ['/api/v1/accounts', '/api/v1/products', '/api/v1/users/me']) {
        const answer = await guest.get(path, { authorization: `Bearer ${forged}` });
        expect({ path, status: answer.status }).toEqual({ path, status: 401 });
      }
    }
  });
});
