import type messages from './messages/id.json';
import type { Locale } from './server/locales';

declare module 'use-intl/core' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof messages;
  }
}

declare global {
  interface Window {
    /** Presses what was pressed before. */
    pasarAwake?(): void;
  }
}
