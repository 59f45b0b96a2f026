import type { HandlerContext } from '@connectrpc/connect';
import { requireUser } from '@pasar/platform/access';
import { DomainError } from '@pasar/platform/errors';

/** The store that the caller acts for. @throws DomainError `seller.no_store` */
export function storeOf(context: HandlerContext): string {
  const { sellerId } = requireUser(context);
  if (!sellerId) throw new DomainError('seller.no_store', 'forbidden', 'This account has no store.');
  return sellerId;
}
