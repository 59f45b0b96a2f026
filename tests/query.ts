import pg from 'pg';

/** Rows of a service's database, seen from outside. */
export type Query = <Row extends object>(service: string, text: string, values?: unknown[]) => Promise<Row[]>;

/** Reads the services' databases, each over one connection; to be ended before PostgreSQL is. */
export function openQuery(databaseUrl: (name: string) => string): { query: Query; end(): Promise<void> } {
  const pools = new Map<string, pg.Pool>();
  const poolOf = (service: string) => {
    let pool = pools.get(service);
    if (!pool) {
      pool = new pg.Pool({ connectionString: databaseUrl(`pasar_${service}`), max: 1 });
      // Tests restart PostgreSQL and drop databases; a connection that breaks is replaced, and must not end the test.
      pool.on('error', () => {});
      pool.on('connect', (client) => client.on('error', () => {}));
      pools.set(service, pool);
    }
    return pool;
  };
  return {
    query: async (service, text, values) => (await poolOf(service).query(text, values)).rows,
    async end() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}
