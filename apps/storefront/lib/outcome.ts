import { ApiError } from '@pasar/sdk/api-error';

/** What an action tells the page: it went well, or what to say. */
export type Outcome<T = undefined> =
  | { ok: true; value: T }
  | { ok: false; code: string; detail: string; fields: Record<string, string> };

/** Refusals are answers; whatever else goes wrong is a fault of ours. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof ApiError) {
      const { code, problem, fields } = error;
      return { ok: false, code, detail: problem.detail, fields };
    }
    // What Next.js throws to redirect is no failure.
    if (typeof (error as { digest?: unknown }).digest === 'string') throw error;
    console.error(error);
    return { ok: false, code: 'unreachable', detail: '', fields: {} };
  }
}
