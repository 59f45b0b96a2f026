import type { MetadataRoute } from 'next';

export default function robots(): MetadataRoute.Robots {
  const personal = [
    ...['cart', 'checkout', 'pay', 'orders', 'account', 'wishlist', 'notifications', 'login', 'register'],
    ...['forgot-password', 'reset-password', 'verify-email'],
  ];
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...personal.map((page) => `/*/${page}`)] },
    sitemap: `${process.env.PASAR_SHOP_URL ?? 'http://localhost:3000'}/sitemap.xml`,
  };
}
export const dynamic = 'force-dynamic';
