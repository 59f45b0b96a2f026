import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Cache } from '@pasar/platform/cache';
import { invalidField } from '@pasar/platform/errors';
import { Calls } from '@pasar/platform/service';

/** The category tree as the catalog has it, remembered for a while. */
@Injectable()
export class Categories {
  readonly #paths = new Cache<Map<string, string[]>>({ max: 1, ttlMs: 300_000 });

  constructor(@Calls(CatalogService) private readonly catalog: Client<typeof CatalogService>) {}

  /** A category and all above it, nearest first. One that is not known stands alone. */
  async path(id: string): Promise<string[]> {
    if (id === '') return [];
    return (await this.#tree()).get(id) ?? [id];
  }

  /** @throws DomainError `request.invalid` */
  async require(id: string): Promise<void> {
    if (id === '' || (await this.#tree()).has(id)) return;
    // Perhaps it is newer than what is remembered.
    this.#paths.clear();
    if (!(await this.#tree()).has(id)) throw invalidField('categoryId', 'names no category');
  }

  async #tree(): Promise<Map<string, string[]>> {
    const paths = await this.#paths.get('tree', async () => {
      const { categories } = await this.catalog.listCategories({});
      return new Map(
        categories.map(({ id, breadcrumbs }) => [id, breadcrumbs.map((crumb) => crumb.id).reverse()]),
      );
    });
    return paths ?? new Map();
  }
}
