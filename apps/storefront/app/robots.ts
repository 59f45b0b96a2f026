import type { MetadataRoute } from 'next';

export default function robots(): MetadataRoute.Robots {
  // A crawler finds the basket empty, and is led from the checkout to the sign-in.
  const personal = [
    ...['pay', 'orders', 'account', 'wishlist', 'notifications', 'login', 'register'],
    ...['forgot-password', 'reset-password', 'verify-email'],
  ];
  return {
    rules: { userAgent: '*', allow: '/', disallow: ['/api/', ...personal.map((page) => `/*/${page}`)] },
    sitemap: `${process.env.PASAR_SHOP_URL ?? 'http://localhost:3000'}/sitemap.xml`,
  };
}
export const dynamic = 'force-dynamic';
