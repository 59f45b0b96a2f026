import { PostgresBus } from '../bus-postgres.js';
import { Database } from '../db.js';
import { createLog, Metrics } from '../telemetry.js';

/** The bus as the conformance suite connects to it. Its database closes with it. */
class OwningBus extends PostgresBus {
  constructor(private readonly database: Database) {
    super({ database, log: createLog({ level: 'silent', service: 'test' }), metrics: new Metrics() });
  }

  override async close(): Promise<void> {
    await super.close();
    await this.database.close();
  }
}

export function connect(address: string): PostgresBus {
  return new OwningBus(new Database(address, { max: 4 }));
}
