import { demoCatalogue } from '@pasar/demo/catalogue';
import { illustrate, illustrateCategory, storeBanner, storeLogo } from '@pasar/demo/illustration';
import type { FastifyInstance } from 'fastify';

/** The pictures of the demo catalogue, drawn when they are asked for. */
export function demoRoutes(app: FastifyInstance): void {
  const products = new Map(demoCatalogue().products.map((product) => [product.slug, product]));
  const route = (path: string, draw: (name: string, view: number) => string | undefined) =>
    app.get<{ Params: { file: string } }>(path, async (request, reply) => {
      const [, name = '', view = '0'] = /^([a-z0-9-]+?)(?:\.([0-9]))?\.svg$/.exec(request.params.file) ?? [];
      const svg = draw(name, Number(view));
      if (svg === undefined) return reply.callNotFound();
      return reply
        .header('content-type', 'image/svg+xml; charset=utf-8')
        .header('cache-control', 'public, max-age=86400, immutable')
        .send(svg);
    });
  route('/demo/products/:file', (slug, view) => {
    const product = products.get(slug);
    return product && illustrate(product, view);
  });
  route('/demo/categories/:file', (slug) => illustrateCategory(slug));
  route('/demo/logos/:file', (slug) => storeLogo(slug));
  route('/demo/banners/:file', (slug) => storeBanner(slug));
}
