import { settings } from '@pasar/platform/config';

export class SearchConfig extends settings({}) {}
