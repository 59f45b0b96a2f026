import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Api } from './api.js';

/** Who works with which gateway. */
export interface Account {
  url: string;
  /** With `password`; the demo admin when neither they nor a token are given. */
  email?: string;
  password?: string;
  token?: string;
}

const maxAttempts = 12;
const demoAdmin = { email: 'admin@pasar.test', password: 'pasar-demo' };

/** Calls for an account: patient while the server is away, and signed in again when the session has ended. */
export class Session {
  #api: Api;

  private constructor(
    url: string,
    private readonly account: { email: string; password: string } | undefined,
    token: string | undefined,
  ) {
    this.#api = token ? new Api(url).as(token) : new Api(url);
  }

  static async open({ url, token, email, password }: Account): Promise<Session> {
    if (email && !password) throw new Error('Give the password with --password or PASAR_PASSWORD.');
    const account = email && password ? { email, password } : demoAdmin;
    const session = new Session(url, token ? undefined : account, token);
    await session.#signIn();
    return session;
  }

  get<Body>(path: string): Promise<Body> {
    return this.#call((api) => api.get<Body>(path));
  }

  post<Body>(path: string, body: unknown): Promise<Body> {
    return this.#call((api) => api.post<Body>(path, body));
  }

  async #call<Body>(call: (api: Api) => Promise<Answer<Body>>): Promise<Body> {
    let answer = await patiently(() => call(this.#api));
    if (answer.status === 401 && this.account) {
      await this.#signIn();
      answer = await patiently(() => call(this.#api));
    }
    return unwrap(answer);
  }

  async #signIn(): Promise<void> {
    const { account } = this;
    if (!account) return;
    const answer = await patiently(() =>
      this.#api.post<{ accessToken: string }>('/api/v1/auth/login', account),
    );
    if (answer.status === 401) throw new Error(`Sign-in as ${account.email} was refused.`);
    this.#api = this.#api.as(unwrap(answer).accessToken);
  }
}

/** Tries again while the server is away or asks for patience; rows may be sent again without harm. */
async function patiently<Body>(call: () => Promise<Answer<Body>>): Promise<Answer<Body>> {
  for (let attempt = 1; ; attempt++) {
    const pause = Math.min(15_000, 100 * 2 ** attempt);
    try {
      const answer = await call();
      // Rows that overtook others wait for those.
      const isEarly = answer.code === 'import.out_of_order';
      if (attempt === maxAttempts || (!isEarly && ![429, 502, 503, 504].includes(answer.status)))
        return answer;
      await delay(answer.retryAfterMs || pause);
    } catch (error) {
      const cause = (error as Error).cause as Error | undefined;
      const why = cause?.message || (error as Error).message;
      if (attempt === maxAttempts) throw new Error(`The server cannot be reached: ${why}`);
      await delay(pause);
    }
  }
}

function unwrap<Body>({ status, body, code }: Answer<Body>): Body {
  if (status < 300) return body;
  const { detail, errors } = body as { detail?: string; errors?: { field: string; detail: string }[] };
  const fields = errors?.map((each) => ` ${each.field}: ${each.detail}`) ?? [];
  throw new Error(`${code}: ${detail ?? ''}${fields.slice(0, 3).join(';')}`);
}
