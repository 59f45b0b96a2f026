import { type Account, Session } from './session.js';

/**
 * Has the orders that everybody sees made anew from their events, beside traffic.
 * @returns how many there were
 */
export async function rebuildOrders(account: Account, say: (line: string) => void): Promise<number> {
  const session = await Session.open(account);
  let all = 0;
  for (let pageToken = ''; ; ) {
    const answer = await session.post<{ rebuilt: number; nextPageToken: string }>('/api/v1/orders:rebuild', {
      pageToken,
    });
    all += answer.rebuilt;
    pageToken = answer.nextPageToken;
    if (!pageToken) return all;
    say(`${all} orders made anew`);
  }
}
