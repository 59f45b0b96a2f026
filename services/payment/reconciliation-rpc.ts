import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import type { ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  Difference_Kind,
  Difference_Remedy,
  Difference_State,
  type ListDifferencesRequest,
  type ReconcileRequest,
  type ReconciliationService,
} from '@pasar/contracts/pasar/payment/v1/reconciliation_pb';
import { Clock } from '@pasar/platform/clock';
import { invalidField } from '@pasar/platform/errors';
import { Reconciler } from './reconciler.js';
import { StatementStore } from './statement-store.js';

@Injectable()
export class ReconciliationRpc implements ServiceImpl<typeof ReconciliationService> {
  constructor(
    private readonly reconciler: Reconciler,
    private readonly statements: StatementStore,
    private readonly clock: Clock,
  ) {}

  async listDifferences({ state, pageSize, pageToken }: ListDifferencesRequest) {
    const only = state === 0 ? undefined : (Difference_State[state] as 'OPEN' | 'MENDED');
    const page = await this.statements.list(only, pageSize, pageToken);
    const differences = page.rows.map(({ id, provider, day, currency, ours, theirs, mendedAt, ...row }) => ({
      ...{ id, provider, date: day, paymentId: row.paymentId ?? '' },
      kind: Difference_Kind[row.kind],
      state: Difference_State[row.state],
      remedy: row.remedy ? Difference_Remedy[row.remedy] : Difference_Remedy.REMEDY_UNSPECIFIED,
      ours: ours === null ? undefined : { amount: ours, currency },
      theirs: theirs === null ? undefined : { amount: theirs, currency },
      foundAt: timestampFromDate(row.foundAt),
      mendedAt: mendedAt ? timestampFromDate(mendedAt) : undefined,
    }));
    return { differences, nextPageToken: page.nextPageToken };
  }

  async reconcile({ date }: ReconcileRequest) {
    const day = date || this.clock.now().toISOString().slice(0, 10);
    if (new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) !== day)
      throw invalidField('date', 'No such day.');
    const outcomes = await this.reconciler.compare(day);
    return { found: outcomes.length, open: outcomes.filter(({ remedy }) => remedy === null).length };
  }
}
