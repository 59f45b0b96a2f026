import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { Metrics } from '@pasar/platform/telemetry';
import { sweepAccounts } from './account-store.js';
import { sweepArtifacts } from './app-store.js';
import { AuthConfig } from './config.js';
import { sweepSignIns } from './identity-store.js';
import { KeyRing } from './key-ring.js';
import { failureMemoryMs } from './passwords.js';
import { sweepChallenges } from './second-factor-store.js';
import { countActive, sweepSessions } from './session-store.js';

/** Sessions that an account may have; beyond it, those that were not used for longest end. */
const sessionsPerAccount = 100;
const batch = 5_000;
const dayMs = 86_400_000;

@Injectable()
export class AuthJobs {
  readonly #active;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: AuthConfig,
    private readonly keys: KeyRing,
    metrics: Metrics,
  ) {
    this.#active = metrics.gauge('pasar_active_users', 'Accounts with a session that is in use');
  }

  readonly jobs = [
    every('rotate signing keys', '10m', () => this.keys.rotate()),
    every('sweep sessions and links', '10m', () => this.sweep()),
    every('count active users', '1m', () => this.survey()),
  ];

  async survey(): Promise<void> {
    // In use, a session is refreshed as often as its access token ends; its last use is as long before its end as every session lasts, and that has an index.
    const { sessionDays, accessTokenSeconds } = this.config;
    const lasting = sessionDays * dayMs - accessTokenSeconds * 1000;
    const until = new Date(this.clock.now().getTime() + lasting);
    this.#active.set(await countActive(this.database.kysely, until));
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    const spentBefore = new Date(now.getTime() - this.config.sessionDays * dayMs);
    await sweepSessions(this.database.kysely, now, spentBefore, sessionsPerAccount, batch);
    await sweepArtifacts(this.database.kysely, new Date(), batch);
    await sweepSignIns(this.database.kysely, now);
    await sweepChallenges(this.database.kysely, now);
    await sweepAccounts(this.database.kysely, now, new Date(now.getTime() - failureMemoryMs));
  }
}
