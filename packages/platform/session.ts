import pg from 'pg';

/**
 * A connection of one's own, outside the pool: for LISTEN and for locks that a session holds. It is lost with `end`;
 * the holder opens another one.
 */
export async function openSession(url: string, applicationName: string): Promise<pg.Client> {
  const session = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
  });
  // `end` follows; unheard, the error would end the process.
  session.on('error', () => {});
  try {
    await session.connect();
    // A machine that vanishes must lose its locks in seconds, not in the two hours of the default.
    await session.query(
      'set tcp_keepalives_idle = 3; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3',
    );
    return session;
  } catch (error) {
    closeSession(session);
    throw error;
  }
}

/** Does not wait: the server may be gone. */
export function closeSession(session: pg.Client): void {
  session.end().catch(() => {});
}
