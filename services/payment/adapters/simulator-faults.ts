import { Injectable } from '@nestjs/common';
import { PaymentConfig } from '../config.js';
import type { StatementLine } from '../provider.js';

export type BankOperation = 'authorize' | 'capture' | 'void' | 'refund' | 'inquire' | 'payout';

export interface Fault {
  /** With `silence` the caller has waited in vain too, but without the wait of a `timeout`. */
  kind: 'timeout' | 'silence' | 'connection' | 'failed';
  /** Whether the call has its effect all the same. */
  effect: boolean;
}

/** What goes wrong in the outside world. From the settings, by chance; tests set it as they need it. */
@Injectable()
export class SimulatorFaults {
  latencyMs: number;
  declineRate: number;
  /** How long a charge whose call was never answered is said to be processing. */
  processingMs: number;
  /** Takes the money of a buyer whose charge has expired or was voided, as some banks do. */
  takesLatePayments = false;
  webhooks: {
    copies: number;
    delayMs: number;
    /** The last come first. */
    reversed: boolean;
    /** Of everything that happens, not only of what the merchant waits for. */
    all: boolean;
  };
  readonly #errorRate: number;
  readonly #timeoutRate: number;

  constructor(config: PaymentConfig) {
    this.latencyMs = config.simulatorLatencyMs;
    this.declineRate = config.simulatorDeclineRate;
    this.processingMs = config.simulatorProcessingMs;
    this.webhooks = { copies: config.simulatorWebhookCopies, delayMs: 0, reversed: false, all: false };
    this.#errorRate = config.simulatorErrorRate;
    this.#timeoutRate = config.simulatorTimeoutRate;
  }

  /** What becomes of a call. Tests put their own in its place. */
  plan: (operation: BankOperation, paymentId: string) => Fault | undefined = () => {
    const chance = Math.random();
    const effect = Math.random() < 0.5;
    if (chance < this.#errorRate) return { kind: 'failed', effect };
    if (chance < this.#errorRate + this.#timeoutRate) return { kind: 'timeout', effect };
    return undefined;
  };

  /** What of its books the bank puts on its statement. */
  statement: (lines: StatementLine[]) => StatementLine[] = (lines) => lines;

  declines(): boolean {
    return Math.random() < this.declineRate;
  }
}
