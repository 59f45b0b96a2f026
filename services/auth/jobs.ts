import { Injectable } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { every } from '@pasar/platform/jobs';
import { sweepAccounts } from './account-store.js';
import { sweepArtifacts } from './app-store.js';
import { AuthConfig } from './config.js';
import { sweepSignIns } from './identity-store.js';
import { KeyRing } from './key-ring.js';
import { failureMemoryMs } from './passwords.js';
import { sweepChallenges } from './second-factor-store.js';
import { sweepSessions } from './session-store.js';

/** Sessions that an account may have; beyond it, those that were not used for longest end. */
const sessionsPerAccount = 100;
const batch = 5_000;

@Injectable()
export class AuthJobs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: AuthConfig,
    private readonly keys: KeyRing,
  ) {}

  readonly jobs = [
    every('rotate signing keys', '10m', () => this.keys.rotate()),
    every('sweep sessions and links', '10m', () => this.sweep()),
  ];

  async sweep(): Promise<void> {
    const now = this.clock.now();
    const spentBefore = new Date(now.getTime() - this.config.sessionDays * 86_400_000);
    await sweepSessions(this.database.kysely, now, spentBefore, sessionsPerAccount, batch);
    await sweepArtifacts(this.database.kysely, new Date(), batch);
    await sweepSignIns(this.database.kysely, now);
    await sweepChallenges(this.database.kysely, now);
    await sweepAccounts(this.database.kysely, now, new Date(now.getTime() - failureMemoryMs));
  }
}
