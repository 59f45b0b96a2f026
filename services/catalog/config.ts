import { settings } from '@pasar/platform/config';

export class CatalogConfig extends settings({}) {}
