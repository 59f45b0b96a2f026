import { duration, setting, settings } from '@pasar/platform/config';
import { z } from 'zod';

export class OrderConfig extends settings({
  paymentDeadlineSeconds: setting(
    'PASAR_PAYMENT_DEADLINE_SECONDS',
    duration('s', 1, 30 * 86_400).default(86_400),
    'How long a buyer may take to pay by bank transfer or QR before the checkout is cancelled.',
  ),
  sagaLeaseMs: setting(
    'PASAR_SAGA_LEASE_MS',
    duration('ms', 500, 600_000).default(15_000),
    'How long a process may work on a checkout before another one takes it over.',
  ),
  duplicateWaitMs: setting(
    'PASAR_DUPLICATE_WAIT_MS',
    duration('ms', 0, 30_000).default(1_000),
    'How long a repeated request waits for the first one to end before it is told that it is in progress.',
  ),
  autoCompleteSeconds: setting(
    'PASAR_AUTO_COMPLETE_SECONDS',
    duration('s', 1, 365 * 86_400).default(3 * 86_400),
    'How long after its delivery an order is completed when the buyer says nothing.',
  ),
  keepBuyerDays: setting(
    'PASAR_ORDER_KEEP_BUYER_DAYS',
    z.coerce.number().int().min(0).max(3650).default(0),
    'For how many days after somebody deletes the account their orders and invoices still say who bought and where it went, where the law asks for that.',
  ),
  disputeSeconds: setting(
    'PASAR_DISPUTE_SECONDS',
    duration('s', 1, 365 * 86_400).default(3 * 86_400),
    'How long a buyer may dispute that the seller refused a return, and a seller that goods which a carrier brought back are there.',
  ),
}) {}
