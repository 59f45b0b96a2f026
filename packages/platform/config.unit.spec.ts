import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, duration, flag, list, port, readEnvironment, setting, settings } from './config.js';

class Config extends settings({
  port: setting('T_PORT', port.default(80), 'a port'),
  wait: setting('T_WAIT', duration('s', 1, 10).default(5), 'a wait'),
  on: setting('T_ON', flag.default(false), 'a flag'),
  names: setting('T_NAMES', list.default([]), 'names'),
  secret: setting('T_SECRET', z.string().min(8).optional(), 'a secret'),
}) {}

describe('settings', () => {
  it('have defaults, also where the variable is empty', () => {
    expect(Config.read({ T_PORT: '' })).toMatchObject({ port: 80, wait: 5, on: false, names: [] });
  });

  it('are read as what they are', () => {
    const read = Config.read({ T_PORT: '0', T_ON: '1', T_NAMES: 'a, b,,c ' });
    expect(read).toMatchObject({ port: 0, on: true, names: ['a', 'b', 'c'] });
    expect(read).toBeInstanceOf(Config);
    expect(Object.isFrozen(read)).toBe(true);
  });

  it('are refused all at once, by name and without their values', () => {
    const bad = () => Config.read({ T_PORT: '99999', T_WAIT: 'soon', T_ON: 'maybe', T_SECRET: 'hunter2' });
    expect(bad).toThrow(ConfigError);
    expect(bad).toThrow(/T_PORT.*\n.*T_WAIT.*\n.*T_ON.*\n.*T_SECRET/);
    expect(bad).not.toThrow(/hunter2|99999/);
  });
});

describe('the environment', () => {
  it('wins over the .env file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pasar-config-')), '.env');
    writeFileSync(file, 'T_PORT=1\nT_NAMES="x,y"\n');
    expect(readEnvironment(file, { T_PORT: '2' })).toMatchObject({ T_PORT: '2', T_NAMES: 'x,y' });
    expect(readEnvironment(`${file}.none`, { T_PORT: '2' })).toEqual({ T_PORT: '2' });
  });
});
