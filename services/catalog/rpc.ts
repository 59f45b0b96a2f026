import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { Injectable } from '@nestjs/common';
import {
  AttributeDefinition_Kind,
  type Brand as BrandMessage,
  BrandSchema,
  type CatalogService,
  type Category as CategoryMessage,
  CategorySchema,
  type CreateBrandRequest,
  type CreateCategoryRequest,
  type DeleteBrandRequest,
  type DeleteCategoryRequest,
  type EnsureCategoriesRequest,
  type GetCategoryRequest,
  type ListBrandsRequest,
  type ListCategoriesRequest,
  type UpdateBrandRequest,
  type UpdateCategoryRequest,
} from '@pasar/contracts/pasar/catalog/v1/catalog_pb';
import { changedFields } from '@pasar/platform/update-mask';
import { Brands } from './brands.js';
import {
  type AttributeKind,
  attributesOf,
  type BrandDraft,
  type Category,
  type CategoryDraft,
  type Chain,
  parentOf,
  self,
} from './catalog.js';
import { Categories } from './categories.js';

@Injectable()
export class CatalogRpc implements ServiceImpl<typeof CatalogService> {
  constructor(
    private readonly categories: Categories,
    private readonly brands: Brands,
  ) {}

  async listCategories(_request: ListCategoriesRequest, context: HandlerContext) {
    const chains = await this.categories.list();
    tag(context);
    return { categories: chains.map((chain) => toCategory(chain)) };
  }

  async getCategory(request: GetCategoryRequest, context: HandlerContext) {
    const { chain, children } = await this.categories.get(request.slug);
    tag(context, self(chain).id, self(chain).slug);
    return toCategory(chain, children);
  }

  async createCategory(request: CreateCategoryRequest) {
    return toCategory(await this.categories.create(toCategoryDraft(request.category!)));
  }

  async updateCategory(request: UpdateCategoryRequest) {
    const { slug, category, updateMask } = request;
    const fields = changedFields(CategorySchema, category!, updateMask, categoryFields);
    return toCategory(await this.categories.update(slug, pick(toCategoryDraft(category!), fields)));
  }

  async deleteCategory(request: DeleteCategoryRequest) {
    await this.categories.delete(request.slug);
    return {};
  }

  async listBrands(request: ListBrandsRequest, context: HandlerContext) {
    const { rows, nextPageToken } = await this.brands.list(request.pageSize, request.pageToken);
    tag(context);
    return { brands: rows, nextPageToken };
  }

  createBrand(request: CreateBrandRequest) {
    return this.brands.create(toBrandDraft(request.brand!));
  }

  updateBrand({ slug, brand, updateMask }: UpdateBrandRequest) {
    const fields = changedFields(BrandSchema, brand!, updateMask, brandFields);
    return this.brands.update(slug, pick(toBrandDraft(brand!), fields));
  }

  async deleteBrand(request: DeleteBrandRequest) {
    await this.brands.delete(request.slug);
    return {};
  }

  async ensureCategories({ categories, brands, create }: EnsureCategoriesRequest) {
    return {
      categories: (await this.categories.ensure(categories.map(toCategoryDraft), create)).map((chain) =>
        chain ? toCategory(chain) : {},
      ),
      brands: (await this.brands.ensure(brands.map(toBrandDraft), create)).map((brand) => brand ?? {}),
    };
  }
}

const categoryFields = {
  changeable: ['slug', 'name', 'nameEn', 'parent', 'position', 'imageUrl', 'attributes'] as const,
  outputOnly: ['id', 'breadcrumbs', 'children'],
};
const brandFields = { changeable: ['slug', 'name', 'description'] as const, outputOnly: ['id'] };

/** Breadcrumbs and children show other categories, so any change may touch any answer. */
function tag(context: HandlerContext, ...tags: string[]): void {
  context.responseHeader.set('pasar-cache-tags', [...tags, 'catalog:list'].join(','));
}

function toCategoryDraft(category: CategoryMessage): CategoryDraft {
  const { slug, name, nameEn, parent, position, imageUrl } = category;
  const attributes = category.attributes.map(({ name, label, labelEn, kind, options, required }) => ({
    name,
    label,
    labelEn,
    kind: AttributeDefinition_Kind[kind || AttributeDefinition_Kind.TEXT] as AttributeKind,
    options,
    required,
  }));
  return { slug, name, nameEn, parent, position, imageUrl, attributes };
}

function toBrandDraft({ slug, name, description }: BrandMessage): BrandDraft {
  return { slug, name, description };
}

function toCategory(chain: Chain, children: Category[] = []): MessageInitShape<typeof CategorySchema> {
  const { id, slug, name, nameEn, position, imageUrl } = self(chain);
  return {
    id,
    slug,
    name,
    nameEn,
    position,
    imageUrl,
    parent: parentOf(chain).at(-1)?.slug ?? '',
    attributes: attributesOf(chain).map((definition) => ({
      ...definition,
      kind: AttributeDefinition_Kind[definition.kind],
    })),
    breadcrumbs: chain.map(toCrumb),
    children: children.map(toCrumb),
  };
}

function toCrumb({ id, slug, name, nameEn }: Category) {
  return { id, slug, name, nameEn };
}

/** The fields of a draft that an update changes. */
function pick<Draft extends object>(draft: Draft, names: Set<string>): Partial<Draft> {
  return Object.fromEntries(Object.entries(draft).filter(([name]) => names.has(name))) as Partial<Draft>;
}
