import { settings } from '@pasar/platform/config';

export class ProductConfig extends settings({}) {}
