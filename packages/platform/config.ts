import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { z } from 'zod';

export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** Name of the environment variable. */
  name: string;
  schema: Schema;
  description: string;
}

/** One setting: the environment variable, its rule with its default, and what it does. */
export function setting<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  description: string,
): Setting<Schema> {
  return { name, schema, description };
}

type Shape = Record<string, Setting>;
type Values<S extends Shape> = { readonly [Key in keyof S]: z.infer<S[Key]['schema']> };
export type Environment = Record<string, string | undefined>;

export interface SettingsClass<V = object> {
  new (): V;
  readonly shape: Shape;
  read<T>(this: new () => T, environment: Environment): T;
}

/** Raised at boot, once, with every setting that is wrong. Never holds a value: it could be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * A base for a service's settings: `class CartConfig extends settings({ … }) {}`. The class is the injection token,
 * the documentation and the parser.
 */
export function settings<S extends Shape>(shape: S): SettingsClass<Values<S>> {
  class Settings {
    static readonly shape = shape;

    static read<T>(this: new () => T, environment: Environment): T {
      const problems: string[] = [];
      const values = Object.entries(shape).map(([key, { name, schema }]) => {
        const raw = environment[name];
        const result = schema.safeParse(raw === '' ? undefined : raw);
        if (result.success) return [key, result.data] as const;
        problems.push(`${name}: ${result.error.issues.map(describe).join('; ')}`);
        return [key, undefined] as const;
      });
      if (problems.length > 0) throw new ConfigError(`Wrong settings:\n  ${problems.join('\n  ')}`);
      return Object.freeze(Object.assign(new this() as object, Object.fromEntries(values))) as T;
    }
  }
  return Settings as unknown as SettingsClass<Values<S>>;
}

/** What the library says by itself of a text that is no number speaks of `NaN`. */
function describe({ message }: z.core.$ZodIssue): string {
  return message.startsWith('Invalid input: expected number') ? 'must be a number' : message;
}

/** Rules that several settings share. */
export const port = z.coerce
  .number({ error: 'must be a port, a number from 0 to 65535' })
  .int()
  .min(0)
  .max(65535);
export const duration = (unit: 'ms' | 's', min: number, max: number) =>
  z.coerce
    .number({ error: `must be a number of ${unit === 's' ? 'seconds' : 'milliseconds'}` })
    .min(min)
    .max(max);
export const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** The process's environment over a `.env` file: what is set outside wins. */
export function readEnvironment(file: string, environment: Environment = process.env): Environment {
  if (!existsSync(file)) return { ...environment };
  return { ...parseEnv(readFileSync(file, 'utf8')), ...environment };
}
