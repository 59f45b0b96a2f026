import type { Client } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import { CatalogService } from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { Cache } from '@pasar/platform/cache';
import { invalidField } from '@pasar/platform/errors';
import { Calls } from '@pasar/platform/service';

/** The category tree as the catalog has it: asked for only where a promotion is about categories, then remembered. */
@Injectable()
export class Categories {
  readonly #paths = new Cache<Map<string, string[]>>({ max: 1, ttlMs: 300_000 });

  constructor(@Calls(CatalogService) private readonly catalog: Client<typeof CatalogService>) {}

  /** A category and all above it, by its id. */
  async paths(): Promise<Map<string, string[]>> {
    const paths = await this.#paths.get('tree', async () => {
      const { categories } = await this.catalog.listCategories({});
      return new Map(categories.map(({ id, breadcrumbs }) => [id, breadcrumbs.map((crumb) => crumb.id)]));
    });
    return paths ?? new Map();
  }

  /** @throws DomainError `request.invalid` */
  async require(ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const paths = await this.paths();
    if (ids.some((id) => !paths.has(id)))
      throw invalidField('categoryIds', 'names a category that does not exist');
  }

  forget(): void {
    this.#paths.clear();
  }
}
