/** What the API says when it refuses: problem details (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  /** Stable and dotted, e.g. `inventory.insufficient_stock`. */
  code: string;
  requestId: string;
  errors?: { field: string; detail: string }[];
  /** Facts that a client may act on. */
  [fact: string]: unknown;
}

/** An answer that is no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;
  /** After how many seconds it is worth trying again, where the API said so. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(`${problem.code}: ${problem.detail}`);
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** What is wrong with a field of the request, by its path, such as `items[0].quantity`. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.problem.errors ?? []).map(({ field, detail }) => [field, detail]));
  }

  /** Also of an answer that no Pasar gave, such as a proxy's. */
  static async from(response: Response): Promise<ApiError> {
    const text = await response.text().catch(() => '');
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
    return new ApiError(
      readProblem(text) ?? {
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        detail: `The answer was ${response.status}.`,
        instance: '',
        code: `http.${response.status}`,
        requestId: response.headers.get('x-request-id') ?? '',
      },
      Number.isFinite(retryAfter) ? retryAfter : undefined,
    );
  }
}

function readProblem(text: string): Problem | undefined {
  try {
    const read = JSON.parse(text);
    return typeof read?.code === 'string' && typeof read.status === 'number' ? read : undefined;
  } catch {
    return undefined;
  }
}
