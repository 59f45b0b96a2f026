import { settings } from '@pasar/platform/config';

/** Nothing to set. */
export class ReviewConfig extends settings({}) {}
