import { metropolises, type ProvinceData, provinceData } from './geography-data.js';

/** How far a parcel goes, from next door to the other end of the country and beyond it. */
export const zones = ['local', 'province', 'island', 'near', 'far', 'farthest', 'abroad'] as const;
export type Zone = (typeof zones)[number];

/** A place as people write it. */
export interface Place {
  city: string;
  province: string;
  /** ISO 3166-1 alpha-2; Indonesia when empty. */
  country: string;
}

interface Known {
  province: ProvinceData;
  /** Its metropolis, or itself; none when only the province is known. */
  town: string | undefined;
}

const nearKm = 1000;
const farKm = 2200;

const provinces = new Map<string, ProvinceData>();
/** By name; several where provinces have cities of the same name. */
const cities = new Map<string, Known[]>();

const listed = (names: string) =>
  names
    .split(',')
    .map((name) => normalise(name))
    .filter(Boolean);

for (const province of provinceData) {
  for (const name of [normalise(province.name), ...listed(province.aliases)]) provinces.set(name, province);
  for (const name of listed(province.cities)) {
    const metropolis = metropolises.findIndex((members) => listed(members).includes(name));
    const town = metropolis < 0 ? `${name}, ${province.name}` : `metropolis ${metropolis}`;
    cities.set(name, [...(cities.get(name) ?? []), { province, town }]);
  }
}

/** Without what people add or leave out: `Kota Administrasi Jakarta Selatan` and `jakarta  selatan` are one. */
function normalise(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(/^(provinsi|kota administrasi|kabupaten administrasi|kota|kabupaten|kab) /, '')
    .replace(/ (province|city|regency)$/, '');
}

/** What is known of a place: of an unknown city its province, of an unknown province nothing. */
function locate({ city, province }: Place): Known | undefined {
  const namesakes = cities.get(normalise(city)) ?? [];
  const inProvince = provinces.get(normalise(province));
  if (!inProvince) return namesakes.length === 1 ? namesakes[0] : undefined;
  return (
    namesakes.find((known) => known.province === inProvince) ?? { province: inProvince, town: undefined }
  );
}

/** Provinces and their cities, for people to choose from. */
export function listPlaces(): { name: string; cities: string[] }[] {
  return provinceData.map(({ name, cities }) => ({
    name,
    cities: cities.split(',').map((city) => city.trim()),
  }));
}

export function zoneBetween(origin: Place, destination: Place): Zone {
  const [from, to] = [origin, destination].map(({ country }) => country || 'ID');
  if (from !== to) return 'abroad';
  const [a, b] = [locate(origin), locate(destination)];
  if (!a || !b || from !== 'ID') return 'farthest';
  if (a.town !== undefined && a.town === b.town) return 'local';
  if (a.province === b.province) return 'province';
  if (a.province.island === b.province.island) return 'island';
  const distance = kilometres(a.province.at, b.province.at);
  return distance <= nearKm ? 'near' : distance <= farKm ? 'far' : 'farthest';
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Along a great circle. */
function kilometres([lat1, lon1]: ProvinceData['at'], [lat2, lon2]: ProvinceData['at']): number {
  const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2;
  const chord = half(lat1, lat2) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(lon1, lon2);
  return 2 * 6371 * Math.asin(Math.sqrt(chord));
}
