import { DomainError, invalidField } from '@pasar/platform/errors';

export type Role = 'CUSTOMER' | 'SELLER' | 'ADMIN' | 'SUPER_ADMIN';

export interface Account {
  id: string;
  email: string;
  name: string;
  roles: Role[];
  /** The store that the account belongs to. */
  sellerId: string | null;
  /** What a member of the store's staff may do for it; null for the owner, who may do everything. */
  permissions: string[] | null;
  emailVerified: boolean;
  active: boolean;
  createdAt: Date;
}

/** What a session remembers of the client that holds it. */
export interface Device {
  userAgent: string;
  ipAddress: string;
}

/** One person has one account however the address is typed. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** On one line, and of something. @throws DomainError `request.invalid` */
export function normaliseName(name: string): string {
  const line = name.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line === '') throw invalidField('name', 'must not be blank');
  return line;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of what comes from outside and is compared with an id. @throws DomainError `request.invalid` */
export function assertId(id: string, field: string): void {
  if (!uuid.test(id)) throw invalidField(field, 'is not known here');
}

/** @throws DomainError `request.invalid` */
export function parseTime(text: string, field: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw invalidField(field, 'is not known here');
  return time;
}

export interface LockRule {
  /** Failures in a row after which the first lock comes. */
  after: number;
  firstSeconds: number;
  maxSeconds: number;
}

/**
 * Seconds of lock after the first, second, … failure in a row; the last entry is for all that follow. A lock is twice
 * as long as the one before.
 */
export function lockSchedule({ after, firstSeconds, maxSeconds }: LockRule): number[] {
  const schedule = Array<number>(after - 1).fill(0);
  for (let seconds = firstSeconds; seconds < maxSeconds; seconds *= 2) schedule.push(seconds);
  return [...schedule, maxSeconds];
}

const allRoles: readonly Role[] = ['CUSTOMER', 'SELLER', 'ADMIN', 'SUPER_ADMIN'];
const staffRoles: readonly Role[] = ['ADMIN', 'SUPER_ADMIN'];

export function withRole(roles: readonly Role[], role: Role, granted: boolean): Role[] {
  return allRoles.filter((each) => (each === role ? granted : roles.includes(each)));
}

/**
 * Staff manages customers and sellers; only the system's owners manage staff.
 * @param touched the roles that are given or taken, or those of the account that is closed
 */
export function assertMayManage(actor: Account | undefined, touched: readonly Role[]): void {
  const needed: readonly Role[] = touched.some((role) => staffRoles.includes(role))
    ? ['SUPER_ADMIN']
    : staffRoles;
  if (!actor?.active || !actor.roles.some((role) => needed.includes(role))) {
    throw new DomainError('access.forbidden', 'forbidden', `Only for ${needed.join(', ')}.`);
  }
}

export function isActiveSuperAdmin({ active, roles }: Account): boolean {
  return active && roles.includes('SUPER_ADMIN');
}

/** Without a last SUPER_ADMIN nobody could ever make another one. */
export function assertAnotherRemains(superAdmins: readonly Account[], leaving: string): void {
  if (superAdmins.every(({ id }) => id === leaving) && superAdmins.length > 0) {
    throw new DomainError('auth.last_super_admin', 'conflict', 'The last SUPER_ADMIN must stay.');
  }
}

/** The same for an unknown address, a wrong password and a closed account: nothing is told about which exist. */
export function invalidCredentials(): DomainError {
  return new DomainError('auth.invalid_credentials', 'unauthenticated', 'E-mail or password is wrong.');
}

/** To somebody who is signed in; not 401, which would send clients to sign in again. */
export function wrongPassword(): DomainError {
  return new DomainError('auth.wrong_password', 'forbidden', 'The password is wrong.');
}

export function locked(until: Date, now: Date): DomainError {
  const retryAfter = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return new DomainError('auth.locked', 'rate_limited', 'Too many failed attempts. Try again later.', {
    retryAfter,
  });
}

export function emailTaken(): DomainError {
  return new DomainError(
    'auth.email_taken',
    'conflict',
    'There is an account with this e-mail address already.',
  );
}

/** Spent, expired, revoked and made-up ones alike. */
export function invalidRefreshToken(): DomainError {
  return new DomainError('auth.invalid_refresh_token', 'unauthenticated', 'Sign in again.');
}

export function invalidLinkToken(): DomainError {
  return new DomainError('auth.invalid_token', 'invalid', 'This link was used already or has expired.');
}
