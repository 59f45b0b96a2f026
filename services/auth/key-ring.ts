import { createPrivateKey, generateKeyPair, type JsonWebKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@pasar/platform/clock';
import { Database } from '@pasar/platform/db';
import { Safe } from '@pasar/platform/safe';
import { sql } from 'kysely';
import { AuthConfig } from './config.js';
import { type KeyLife, nextKeyAt, publishedAt, type SigningKey, signerAt } from './signing-key.js';

const generate = promisify(generateKeyPair);
const signAside = promisify(sign);

/** Keys are read again after this long, so that a process knows another one's new key well before it signs. */
const reloadMs = 60_000;
/** Published long enough for every reader of the key set and every process of this service to have seen it. */
const leadMs = 600_000;
const clockSkewMs = 60_000;

export interface PublicKey {
  kty: string;
  n: string;
  e: string;
}

interface StoredKey extends SigningKey {
  kid: string;
  publicKey: PublicKey;
  privateKey: Buffer;
}

interface OpenKey extends StoredKey {
  secret: KeyObject;
  /** Header of its tokens, encoded. */
  header: string;
}

/** The keys that sign access tokens: kept in the database, shared by all processes, replaced by age. */
@Injectable()
export class KeyRing implements OnModuleInit {
  readonly #safe: Safe;
  readonly #life: KeyLife;
  #keys: OpenKey[] = [];
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    config: AuthConfig,
  ) {
    this.#safe = new Safe(config.secretKey, 'pasar auth signing keys');
    this.#life = {
      maxAgeMs: config.keyDays * 86_400_000,
      leadMs,
      tokenLifeMs: config.accessTokenSeconds * 1000 + clockSkewMs,
    };
  }

  /** A service that could not sign must not boot. */
  async onModuleInit(): Promise<void> {
    await this.#fresh();
  }

  /** A JWT (RFC 7519) of the claims, signed with RS256 on another thread. */
  async sign(claims: object): Promise<string> {
    await this.#fresh();
    const { secret, header } = signerAt(this.#keys, this.clock.now());
    const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${text}.${(await signAside('sha256', Buffer.from(text), secret)).toString('base64url')}`;
  }

  /** The public keys whose tokens may be alive, now or soon. */
  async published(): Promise<(PublicKey & { kid: string })[]> {
    await this.#fresh();
    const keys = publishedAt(this.#keys, this.clock.now(), this.#life);
    return keys.map(({ kid, publicKey }) => ({ ...publicKey, kid }));
  }

  /** The published keys with their secrets as JWKs, the one that signs now first. */
  async secrets(): Promise<JsonWebKey[]> {
    await this.#fresh();
    const now = this.clock.now();
    const signer = signerAt(this.#keys, now);
    const others = publishedAt(this.#keys, now, this.#life).filter(({ kid }) => kid !== signer.kid);
    return [signer, ...others].map(({ kid, secret }) => ({
      ...secret.export({ format: 'jwk' }),
      ...{ kid, use: 'sig', alg: 'RS256' },
    }));
  }

  /** Makes the next key when it is time, and forgets those whose last token is dead. */
  async rotate(): Promise<void> {
    this.#loadedAt = Number.NEGATIVE_INFINITY;
    await this.#fresh();
    const alive = publishedAt(this.#keys, this.clock.now(), this.#life).map(({ generation }) => generation);
    await sql`delete from signing_key where generation < ${Math.min(...alive)}`.execute(this.database.kysely);
  }

  async #fresh(): Promise<void> {
    if (this.clock.now().getTime() < this.#loadedAt + reloadMs) return;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  async #load(): Promise<void> {
    const now = this.clock.now();
    let stored = await this.#read();
    const next = nextKeyAt(stored, now, this.#life);
    if (next) {
      await this.#create(next);
      stored = await this.#read();
    }
    this.#keys = stored.map((key) => this.#keys.find(({ kid }) => kid === key.kid) ?? this.#open(key));
    this.#loadedAt = now.getTime();
  }

  async #read(): Promise<StoredKey[]> {
    const { rows } = await sql<StoredKey>`
      select generation, kid, signs_from as "signsFrom", public_key as "publicKey", private_key as "privateKey"
      from signing_key`.execute(this.database.kysely);
    return rows;
  }

  async #create({ generation, signsFrom }: SigningKey): Promise<void> {
    const pair = await generate('rsa', { modulusLength: 2048 });
    const kid = this.clock.id();
    const { kty, n, e } = pair.publicKey.export({ format: 'jwk' });
    const sealed = this.#safe.seal(pair.privateKey.export({ type: 'pkcs8', format: 'der' }), kid);
    await this.database.write(sql`
      insert into signing_key (generation, kid, public_key, private_key, signs_from, created_at)
      values (${generation}, ${kid}, ${JSON.stringify({ kty, n, e })}, ${sealed}, ${signsFrom}, ${this.clock.now()})
      on conflict (generation) do nothing`);
  }

  #open(key: StoredKey): OpenKey {
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })).toString(
      'base64url',
    );
    try {
      const der = this.#safe.open(key.privateKey, key.kid);
      return { ...key, header, secret: createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }) };
    } catch (cause) {
      throw new Error('PASAR_SECRET_KEY is not the one that the signing keys were encrypted with', { cause });
    }
  }
}
